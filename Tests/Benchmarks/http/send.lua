require("requests")(function() return "POST", "/chat/send", '{"content":"What is the capital of France?"}' end)
