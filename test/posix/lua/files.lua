local name = os.tmpname()
local file <close> = assert(io.open(name, 'w+'))
print(io.type(file), file:setvbuf('full', 64), file:seek('cur'))
for i = 1, 300 do file:write('line ', i, '\n') end
print(file:seek('end'), file:seek('set', 5), file:read('n', 'l', 'L', 4))
file:seek('set') local count, length = 0, 0
for line in file:lines() do count, length = count + 1, length + #line end
print(count, length, file:read('a'), file:read('l'), file:read(0))
file:seek('set', 0) file:write('LINE') file:flush()
local other = io.open(name, 'a') other:write('appended') other:close()
for line in io.lines(name, 4) do print(line) break end
print(#io.open(name):read('a'), io.type(other), pcall(other.read, other))
print(select(2, io.open('/no/such/file')), select(3, io.open('/no/such/file')), select(3, io.open(name .. '/x')))
print(os.rename(name, name .. '.moved'), os.remove(name .. '.moved'), select(2, os.remove('/no/such/file')))
print(select(2, pcall(io.lines, '/no/such/file')))
local unnamed = io.tmpfile() unnamed:write('kept') unnamed:seek('set') print(unnamed:read('a'))
io.output():write('to ', 'the ', 'output', '\n')
