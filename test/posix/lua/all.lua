-- Everything that Lua's library asks of its system, and the language as it is; prints nothing that depends on where it runs.
package.path = arg[1] .. '/?.lua'
for _, name in ipairs {'language', 'texts', 'files', 'system'} do
  print('-- ' .. name)
  require(name)
end
print(pcall(require, 'nowhere') == false, select('#', table.unpack(arg)))
io.stdout:write('the end\n')
os.exit(7)
