-- The computing part of the table, for Lua and LuaJIT.  lua compute.lua WORK TIMES SIZE
local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

local function loop(turns)
  local s = 0
  for i = 0, turns - 1 do
    local k = i % 1000
    s = s + k * k % 7
  end
  return s
end

-- The language has no byte array: its programs use strings instead.
local function sum(bytes)
  local s, byte = 0, string.byte
  for i = 1, #bytes do s = s + byte(bytes, i) end
  return s
end

local function sieve(limit)
  local composite, count = {}, 0
  for i = 1, limit do composite[i] = 0 end
  for i = 2, limit do
    if composite[i] == 0 then
      count = count + 1
      if i <= 46340 then
        for k = i * i, limit, i do composite[k] = 1 end
      end
    end
  end
  return count
end

local function strings(count)
  local total = 0
  for i = 0, count - 1 do
    local s = ""
    for k = 0, 199 do s = s .. (i + k) .. ";" end
    total = total + #s + s:byte(i % #s + 1)
  end
  return total
end

local work, times, size = arg[1], tonumber(arg[2]), tonumber(arg[3])
local bytes = ""
if work == "bytes" then
  local part = {}
  for i = 0, 255 do part[i + 1] = string.char(i * 7 % 256) end
  bytes = table.concat(part):rep(math.floor(size / 256) + 1):sub(1, size)
end
local works = { fib = fib, loop = loop, sieve = sieve, strings = strings, bytes = function() return sum(bytes) end }
for _ = 1, times do
  local start = os.clock() -- processor time, which is what the wall clock shows for these
  local result = works[work](size)
  print(string.format("result %d ms %.3f", result, (os.clock() - start) * 1000))
end
