import AIClient

/// The model that a configuration describes; what is wrong with it in the words of the settings.
func chatModel(_ configuration: AIConfiguration) throws(ConfigurationError) -> any ChatModel {
  do {
    return try makeChatModel(configuration)
  } catch {
    throw ConfigurationError(error.detail)
  }
}
