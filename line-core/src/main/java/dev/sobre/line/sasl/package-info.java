/**
 * Who is logging in: the SASL exchanges PLAIN, LOGIN, EXTERNAL and SCRAM-SHA-256, stored passwords,
 * and {@link dev.sobre.line.sasl.PasswordVerifier}, the bounded pool that checks them. Knows no
 * protocol and no connection: bytes of a response go in, {@link dev.sobre.mail.Credentials} come
 * out.
 *
 * <ul>
 *   <li>RFC 4422 (SASL): the server's side of an exchange; appendix A (EXTERNAL)
 *   <li>RFC 4616 (PLAIN); draft-murchison-sasl-login-00 (LOGIN)
 *   <li>RFC 5802 and RFC 7677 (SCRAM-SHA-256), RFC 9266: -PLUS in TLS 1.3
 *   <li>RFC 4954 §4 and RFC 4959 §3: base64 lines, {@code *} and {@code =}
 *   <li>RFC 8265 §4.2 (OpaqueString), in part: passwords are compared in NFC and are neither empty
 *       nor hold NUL; other controls are allowed and non-ASCII spaces are not mapped
 *   <li>RFC 9106 (Argon2id) for the passwords stored here
 * </ul>
 */
@NullMarked
package dev.sobre.line.sasl;

import org.jspecify.annotations.NullMarked;
