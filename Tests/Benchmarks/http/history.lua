require("requests")(function(user) return "GET", "/chat/history/" .. user end)
