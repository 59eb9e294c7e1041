local function fib(n) return n < 2 and n or fib(n - 1) + fib(n - 2) end
print(fib(22), 7 // 2, -7 // 2, 7 % -3, 2 ^ 53, 1 << 62, 3 | 4 ~ 1, 10 / 4)
print(math.maxinteger + 1 == math.mininteger, 0x7fffffffffffffff, 1e308 * 10, -(0 / 0) ~= 0)

-- Closures, varargs, goto, integer and float loops.
local made = {}
for i = 1, 5 do made[i] = function(...) return i + select('#', ...) end end
print(made[1](), made[3](nil, nil), made[5]('a'))
for x = 1.0, 2.0, 0.25 do
  if x == 1.5 then goto continue end
  io.write(x, ' ')
  ::continue::
end
print()

-- Metatables.
local vector = {}
vector.__index = vector
vector.__add = function(a, b) return setmetatable({x = a.x + b.x}, vector) end
vector.__eq = function(a, b) return a.x == b.x end
vector.__lt = function(a, b) return a.x < b.x end
vector.__call = function(self, by) return self.x * by end
vector.__tostring = function(self) return 'vector ' .. self.x end
vector.__close = function(self) print('closed', self.x) end
local a, b = setmetatable({x = 1}, vector), setmetatable({x = 2}, vector)
print(tostring(a + b), a + b == setmetatable({x = 3}, vector), a < b, b(21))
do
  local first <close> = a
  local second <close> = b
  local fixed <const> = 3
  print('open', fixed)
end

-- Errors.
print(pcall(error, {code = 42}), select(2, pcall(error, 'text', 0)))
print(select(2, pcall(function() local x = nil; return x.field end)))
print(select(2, xpcall(function() error('deep') end, function(text) return 'handled: ' .. text end)))
print(select(2, pcall(string.rep, 'x', -1)) == '', pcall(string.rep))
local function endless() return 1 + endless() end
local fine, text = pcall(endless)
print(fine, (text:gsub('^.-:%d+: ', ''):match('^stack overflow')))
print(load('return 1 +')) print(load('x = ', 'chunk'))

-- Coroutines.
local walk = coroutine.wrap(function(from)
  for i = from, from + 2 do from = coroutine.yield(i, from) end
  return 'done'
end)
print(walk(10), walk('again'), walk('once more'), walk())
local dead = coroutine.create(function() error('inside') end)
print(coroutine.resume(dead)) print(coroutine.status(dead), coroutine.close(dead))
local many = {}
for i = 1, 2000 do many[i] = coroutine.wrap(function() coroutine.yield(i) return -i end) end
local sum = 0
for i = 1, 2000 do sum = sum + many[i]() + many[i]() end
print(sum)

-- Collection: weak tables, finalizers.
local weak, finalized = setmetatable({}, {__mode = 'k'}), 0
for i = 1, 1000 do weak[setmetatable({}, {__gc = function() finalized = finalized + 1 end})] = i end
collectgarbage() collectgarbage()
print(next(weak), finalized, collectgarbage('count') < 20000)
collectgarbage('generational')
for i = 1, 200000 do local t = {i, tostring(i)} end
collectgarbage('incremental')
print(collectgarbage('isrunning'))

-- calls of C nest until Lua speaks of an error, with the largest frames that its library has
local function nest(text) return (text:gsub('.', nest)) end
print(pcall(nest, 'a'))
local function sorts() table.sort({1, 2, 3}, sorts) end
print(pcall(sorts))
print(pcall(string.rep, 'x', -1), pcall(load, string.rep('(', 1000)))
