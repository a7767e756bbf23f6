/**
 * Keys and what is done with them: sealing, signing, pseudonyms. The only package that may use BouncyCastle.
 *
 * <p>Uses {@code data}. Begin with {@link io.tamis.crypto.KeyProvider}.
 */
package io.tamis.crypto;
