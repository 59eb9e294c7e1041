print(('%5d|%-5s|%05.1f|%x|%q|%g|%a'):format(42, 'ab', 3.14159, 255, 'a\n"b"\0c', 1e100, 0.5))
print(('hello world from lua'):gsub('%w+', string.upper, 2))
print(('key = value, other=thing'):match('(%w+)%s*=%s*(%w+)'), ('x'):rep(3, '-'), ('abc'):byte(1, -1))
for key, value in ('a=1, b=2'):gmatch('(%w)=(%w)') do io.write(key, value, ';') end
print(('%bxy'):len(), ('f(a(b)c)d'):match('%b()'), ('THE (quick) fox'):find('%((%a+)%)'))
print(tostring(1e15), tostring(2^63), 1e15 // 1, 0.1 + 0.2, 100 // 1e-320, -0.0, 3 % -math.huge)
print(tonumber('0x1p4'), tonumber('  12  '), tonumber('1e'), tonumber('zz', 36), tonumber('8', 8), math.tointeger('8'))
print(string.pack('<i4z', 7, 'text'):byte(1, -1)) print(string.unpack('>I2s1', '\1\2\3abc'))
print(utf8.char(72, 228, 8364, 128512), utf8.len('häß€'), utf8.codepoint('€', 1), utf8.len('\xff'))
for at, code in utf8.codes('aé') do io.write(at, ':', code, ' ') end print()

local list = {}
for i = 1, 1000 do list[i] = (i * 7919) % 1009 end
table.sort(list, function(a, b) return a > b end)
print(list[1], list[500], list[1000], #table.concat(list, ','))
table.move(list, 1, 3, 2) table.insert(list, 2, 'new') print(table.remove(list, 1), list[1], table.unpack(list, 2, 4))
print(pcall(table.sort, {3, 1, 2, 5, 4}, function() return true end) == true or 'order')
math.randomseed(42) local one = math.random(1000) math.randomseed(42)
print(one == math.random(1000), math.type(1), math.type(1.0), math.ult(1, -1), math.fmod(-7, 3), math.sqrt(2))
print(math.sin(1), math.exp(1), math.log(8, 2), math.floor(-3.5), math.ceil(-3.5), math.pi)
local dumped = string.dump(function(a) return a * 2 end)
print(load(dumped, 'dumped', 'b')(21), load(dumped, 'dumped', 't'))
