require("requests")(function() return "GET", "/users/me" end)
