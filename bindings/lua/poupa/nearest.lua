--- What was probably meant: the word that is nearest to one that is none.
-- @module poupa.nearest

local nearest = {}

--- How long a word can be to be compared.
local LONGEST = 64

--- How many letters must be put in, left out, changed or swapped with their neighbour to turn
-- one word into the other (Damerau-Levenshtein).
local function distance(a, b)
    local before, last = nil, {}
    for j = 0, #b do
        last[j] = j
    end
    for i = 1, #a do
        local row = {[0] = i}
        for j = 1, #b do
            local same = a:byte(i) == b:byte(j)
            local least = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same and 0 or 1))
            if before and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
                least = math.min(least, before[j - 2] + 1)
            end
            row[j] = least
        end
        before, last = last, row
    end
    return last[#b]
end

--- The word of a set (a table whose keys are words) that is nearest to another; nil where none
-- is near: a third of the letters may differ, but one always, and at most three.
function nearest.find(word, words)
    if type(word) ~= "string" or #word > LONGEST then
        return nil
    end
    local found
    local best = math.min(math.max(math.floor(#word / 3), 1), 3) + 1
    for each in pairs(words) do
        if type(each) == "string" and each ~= word and math.abs(#each - #word) < best + 1 then
            local far = distance(word, each)
            -- Of two that are as near, always the same one, whatever the order of pairs.
            if far < best or (far == best and found and each < found) then
                found, best = each, far
            end
        end
    end
    return found
end

--- The end of a message: the word that was probably meant, or nothing.
function nearest.hint(word, words)
    local found = nearest.find(word, words)
    return found and ("; did you mean \"%s\"?"):format(found) or ""
end

return nearest
