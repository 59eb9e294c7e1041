local words = {}

function words.greeting(word, name)
  return ('%s from %s'):format(word, name)
end

return words
