-- Asks what a user would, in a Neovim that was started with the settings of the README, and says
-- what came back.
local function say(words)
  io.stdout:write(words .. "\n")
end

local function all()
  return vim.diagnostic.get(0)
end

local function ask(method, params)
  params.textDocument = { uri = vim.uri_from_bufnr(0) }
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
  for _, answer in pairs(answers) do
    return answer.result
  end
end

vim.wait(20000, function() return #all() > 0 end, 20)
for _, one in ipairs(all()) do
  say("told " .. tostring(one.code or one.user_data.lsp.code))
end

local items = ask("textDocument/completion", { position = { line = 4, character = 10 } }) or {}
for _, item in ipairs(items) do
  say("offered " .. item.label)
end

local hover = ask("textDocument/hover", { position = { line = 4, character = 5 } })
say("hover " .. (hover and hover.contents.value or "nothing"))
local nothing = ask("textDocument/hover", { position = { line = 6, character = 4 } })
say("unknown key " .. (nothing and nothing.contents.value or "nothing"))

local whole = { start = { line = 0, character = 0 }, ["end"] = { line = 7, character = 0 } }
local context = { diagnostics = {}, only = { "source.fixAll" } }
local actions = ask("textDocument/codeAction", { range = whole, context = context }) or {}
for _, action in ipairs(actions) do
  vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
end
local function unknown()
  for _, one in ipairs(all()) do
    if one.message:find("asert") or one.message:find("`if`") then
      return true
    end
  end
  return false
end
if vim.wait(20000, function() return not unknown() end, 20) then
  say("mended")
end
vim.cmd("write")
