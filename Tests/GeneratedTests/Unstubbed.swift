import Generated
import HTTP
import Testing

/// Handlers of no operation.
struct Unstubbed: AuthAPI, UsersAPI, ChatAPI, UsageAPI, HealthAPI {}

/// A test says only what it stubs: every other operation, once called, is an issue of the test.
func unstubbed<Output>(_ operation: String = #function) throws -> Output {
  Issue.record("The router called \(operation), which this test does not stub")
  throw Problem.internalError
}

extension AuthAPI {
  func signUp(_ input: SignUp.Input) async throws -> SignUp.Output { try unstubbed() }
  func logIn(_ input: LogIn.Input) async throws -> LogIn.Output { try unstubbed() }
  func refreshTokens(_ input: RefreshTokens.Input) async throws -> RefreshTokens.Output { try unstubbed() }
  func logOut(_ input: LogOut.Input, as principal: Principal) async throws -> LogOut.Output { try unstubbed() }
}

extension UsersAPI {
  func getCurrentUser(
    _ input: GetCurrentUser.Input, as principal: Principal
  ) async throws -> GetCurrentUser.Output { try unstubbed() }
  func updateCurrentUser(
    _ input: UpdateCurrentUser.Input, as principal: Principal
  ) async throws -> UpdateCurrentUser.Output { try unstubbed() }
  func changePassword(
    _ input: ChangePassword.Input, as principal: Principal
  ) async throws -> ChangePassword.Output { try unstubbed() }
  func deleteCurrentUser(
    _ input: DeleteCurrentUser.Input, as principal: Principal
  ) async throws -> DeleteCurrentUser.Output { try unstubbed() }
  func getPreferences(
    _ input: GetPreferences.Input, as principal: Principal
  ) async throws -> GetPreferences.Output { try unstubbed() }
  func replacePreferences(
    _ input: ReplacePreferences.Input, as principal: Principal
  ) async throws -> ReplacePreferences.Output { try unstubbed() }
  func updatePreferences(
    _ input: UpdatePreferences.Input, as principal: Principal
  ) async throws -> UpdatePreferences.Output { try unstubbed() }
}

extension ChatAPI {
  func sendMessage(
    _ input: SendMessage.Input, as principal: Principal
  ) async throws -> SendMessage.Output { try unstubbed() }
  func getHistory(
    _ input: GetHistory.Input, as principal: Principal
  ) async throws -> GetHistory.Output { try unstubbed() }
  func listConversations(
    _ input: ListConversations.Input, as principal: Principal
  ) async throws -> ListConversations.Output { try unstubbed() }
  func createConversation(
    _ input: CreateConversation.Input, as principal: Principal
  ) async throws -> CreateConversation.Output { try unstubbed() }
  func getConversation(
    _ input: GetConversation.Input, as principal: Principal
  ) async throws -> GetConversation.Output { try unstubbed() }
  func updateConversation(
    _ input: UpdateConversation.Input, as principal: Principal
  ) async throws -> UpdateConversation.Output { try unstubbed() }
  func deleteConversation(
    _ input: DeleteConversation.Input, as principal: Principal
  ) async throws -> DeleteConversation.Output { try unstubbed() }
  func searchMessages(
    _ input: SearchMessages.Input, as principal: Principal
  ) async throws -> SearchMessages.Output { try unstubbed() }
  func editMessage(
    _ input: EditMessage.Input, as principal: Principal
  ) async throws -> EditMessage.Output { try unstubbed() }
  func regenerateMessage(
    _ input: RegenerateMessage.Input, as principal: Principal
  ) async throws -> RegenerateMessage.Output { try unstubbed() }
  func followMessage(
    _ input: FollowMessage.Input, as principal: Principal
  ) async throws -> FollowMessage.Output { try unstubbed() }
  func stopMessage(
    _ input: StopMessage.Input, as principal: Principal
  ) async throws -> StopMessage.Output { try unstubbed() }
  func listVersions(
    _ input: ListVersions.Input, as principal: Principal
  ) async throws -> ListVersions.Output { try unstubbed() }
  func listModels(
    _ input: ListModels.Input, as principal: Principal
  ) async throws -> ListModels.Output { try unstubbed() }
}

extension UsageAPI {
  func getUsage(_ input: GetUsage.Input, as principal: Principal) async throws -> GetUsage.Output { try unstubbed() }
}

extension HealthAPI {
  func getLiveness(_ input: GetLiveness.Input) async throws -> GetLiveness.Output { try unstubbed() }
  func getReadiness(_ input: GetReadiness.Input) async throws -> GetReadiness.Output { try unstubbed() }
}
