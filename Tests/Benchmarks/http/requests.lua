-- Requests of all users in turn, made before the run; the result on one line, for the script that started wrk.
local requests = {}
local next_request = 0

--- make(user): method, path and body of a user's request.
return function(make)
  function init(arguments)
    local number = 0
    for token in io.lines(arguments[1]) do
      local user = string.format("00000000-0000-7000-8000-%012d", number)
      local method, path, body = make(user)
      local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = body and "application/json" }
      requests[#requests + 1] = wrk.format(method, path, headers, body)
      number = number + 1
    end
  end

  function request()
    next_request = next_request % #requests + 1
    return requests[next_request]
  end

  function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
      "RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
      errors.status + errors.connect + errors.read + errors.write + errors.timeout))
  end
end
