-- Runs tests of Lua's own suite, which lie in a folder as files, and tells in a line each what came of it.
-- A test may change the world: after it, all that is reached from the globals is made what it was.

local collectgarbage, load, next, print, rawset, tostring, type, xpcall =
  collectgarbage, load, next, print, rawset, tostring, type, xpcall
local getmetatable, setmetatable, sethook = debug.getmetatable, debug.setmetatable, debug.sethook
local open, input, output, stdin, stdout = io.open, io.input, io.output, io.stdin, io.stdout
local byte, format, gsub, concat, pack = string.byte, string.format, string.gsub, table.concat, table.pack

local folder, list = arg[1], arg[2]
local of_texts = getmetatable ''
local before = {}

local function keep(t)
  if before[t] then return end
  before[t] = {}
  for key, value in next, t do
    before[t][key] = value
    if type(value) == 'table' then keep(value) end
  end
end
keep(_G)
keep(of_texts)

local function restore()
  sethook()
  for _, value in next, {0, true, print} do setmetatable(value, nil) end
  setmetatable(nil, nil)
  setmetatable('', of_texts)
  for t, fields in next, before do
    setmetatable(t, nil)
    for key in next, t do
      if fields[key] == nil then rawset(t, key, nil) end
    end
    for key, value in next, fields do rawset(t, key, value) end
  end
  input(stdin)
  output(stdout)
  collectgarbage 'restart'
  collectgarbage 'incremental'
end

local shown = {boolean = true, number = true, string = true}
local function values(told)
  local texts = {}
  for i = 2, told.n do
    texts[i - 1] = shown[type(told[i])] and format('%q', told[i]) or type(told[i])
  end
  return (gsub(concat(texts, ' '), '[^\32-\126]', function(c) return format('\\%03d', byte(c)) end))
end

for line in io.lines(folder .. '/' .. list) do
  local number, name, title = line:match '^(%d+)\t(.-)\t(.*)$'
  local file <close> = open(folder .. '/' .. number .. '.lua', 'rb')
  local text = file:read 'a'
  local chunk, problem = load(text, name ~= '' and name or text)
  local told = chunk and pack(xpcall(chunk, tostring)) or {false, problem, n = 2}
  restore()
  print((told[1] and 'ok ' or 'not ok ') .. title .. ': ' .. values(told))
end
