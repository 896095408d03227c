#pragma once

#include <curl/curl.h>

// curl's setters take a variable argument, which Swift cannot call: one function for each type of it.

static inline CURLcode parley_easy_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode parley_easy_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode parley_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

/// The signature that CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION share.
typedef size_t (*parley_write_function)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode parley_easy_set_writer(CURL *easy, CURLoption option, parley_write_function function) {
  return curl_easy_setopt(easy, option, function);
}

static inline long parley_easy_get_long(CURL *easy, CURLINFO info) {
  long value = 0;
  curl_easy_getinfo(easy, info, &value);
  return value;
}

typedef int (*parley_socket_function)(CURL *easy, curl_socket_t socket, int what, void *context, void *data);
typedef int (*parley_timer_function)(CURLM *multi, long milliseconds, void *context);

static inline void parley_multi_set_callbacks(
    CURLM *multi, parley_socket_function on_socket, parley_timer_function on_timer, void *context) {
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, context);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, context);
}

static inline void parley_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  curl_multi_setopt(multi, option, value);
}

/// The next transfer that ended, with its result; NULL when there is none.
static inline CURL *parley_multi_next_done(CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &left)) != NULL) {
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  }
  return NULL;
}
