/**
 * The key schedules of TLS, worked out step by step for those who want to see them; the engines
 * have their own. TLS 1.3: RFC 8446 §7.1 to §7.3, on HKDF (RFC 5869). TLS 1.2: RFC 5246 §5, §6.3
 * and §8.1, RFC 7627.
 */
@NullMarked
package dev.sobre.tls.schedule;

import org.jspecify.annotations.NullMarked;
