#pragma once

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

/// A keyed HMAC context for `digest`, or NULL. The caller duplicates it for every use and frees both.
/// Written here because `OSSL_PARAM` holds a mutable pointer to a constant name, which C forgives and Swift does not.
static inline EVP_MAC_CTX *parley_hmac_new(const char *digest, const unsigned char *key, size_t key_length) {
  EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  if (mac == NULL) return NULL;
  EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
  EVP_MAC_free(mac);  // The context holds a reference of its own.
  if (context == NULL) return NULL;
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)digest, 0),
      OSSL_PARAM_construct_end(),
  };
  if (EVP_MAC_init(context, key, key_length, parameters) != 1) {
    EVP_MAC_CTX_free(context);
    return NULL;
  }
  return context;
}
