-- What `kraft-ts run` runs: a script of the root file system, and a module beside it.
local words = require 'lib.words'

print(words.greeting('hello', _VERSION))
