package dev.sobre.tls.trace;

import dev.sobre.tls.wire.Numbers;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Names of extensions, signature schemes and the like. IANA “TLS ExtensionType Values”, “TLS
 * Parameters”.
 */
final class IanaNames {
    private static final Map<Integer, String> EXTENSIONS =
            Map.ofEntries(
                    Map.entry(0, "server_name"),
                    Map.entry(1, "max_fragment_length"),
                    Map.entry(5, "status_request"),
                    Map.entry(10, "supported_groups"),
                    Map.entry(11, "ec_point_formats"),
                    Map.entry(13, "signature_algorithms"),
                    Map.entry(15, "heartbeat"),
                    Map.entry(16, "application_layer_protocol_negotiation"),
                    Map.entry(17, "status_request_v2"),
                    Map.entry(18, "signed_certificate_timestamp"),
                    Map.entry(21, "padding"),
                    Map.entry(22, "encrypt_then_mac"),
                    Map.entry(23, "extended_master_secret"),
                    Map.entry(27, "compress_certificate"),
                    Map.entry(28, "record_size_limit"),
                    Map.entry(35, "session_ticket"),
                    Map.entry(41, "pre_shared_key"),
                    Map.entry(42, "early_data"),
                    Map.entry(43, "supported_versions"),
                    Map.entry(44, "cookie"),
                    Map.entry(45, "psk_key_exchange_modes"),
                    Map.entry(47, "certificate_authorities"),
                    Map.entry(49, "post_handshake_auth"),
                    Map.entry(50, "signature_algorithms_cert"),
                    Map.entry(51, "key_share"),
                    Map.entry(0xFE0D, "encrypted_client_hello"),
                    Map.entry(0xFF01, "renegotiation_info"));

    private static final Map<Integer, String> SCHEMES =
            Map.ofEntries(
                    Map.entry(0x0201, "rsa_pkcs1_sha1"),
                    Map.entry(0x0202, "dsa_sha1"),
                    Map.entry(0x0203, "ecdsa_sha1"),
                    Map.entry(0x0301, "rsa_pkcs1_sha224"),
                    Map.entry(0x0302, "dsa_sha224"),
                    Map.entry(0x0303, "ecdsa_sha224"),
                    Map.entry(0x0401, "rsa_pkcs1_sha256"),
                    Map.entry(0x0402, "dsa_sha256"),
                    Map.entry(0x0403, "ecdsa_secp256r1_sha256"),
                    Map.entry(0x0501, "rsa_pkcs1_sha384"),
                    Map.entry(0x0502, "dsa_sha384"),
                    Map.entry(0x0503, "ecdsa_secp384r1_sha384"),
                    Map.entry(0x0601, "rsa_pkcs1_sha512"),
                    Map.entry(0x0602, "dsa_sha512"),
                    Map.entry(0x0603, "ecdsa_secp521r1_sha512"),
                    Map.entry(0x0804, "rsa_pss_rsae_sha256"),
                    Map.entry(0x0805, "rsa_pss_rsae_sha384"),
                    Map.entry(0x0806, "rsa_pss_rsae_sha512"),
                    Map.entry(0x0807, "ed25519"),
                    Map.entry(0x0808, "ed448"),
                    Map.entry(0x0809, "rsa_pss_pss_sha256"),
                    Map.entry(0x080A, "rsa_pss_pss_sha384"),
                    Map.entry(0x080B, "rsa_pss_pss_sha512"),
                    Map.entry(0x081A, "ecdsa_brainpoolP256r1tls13_sha256"),
                    Map.entry(0x081B, "ecdsa_brainpoolP384r1tls13_sha384"),
                    Map.entry(0x081C, "ecdsa_brainpoolP512r1tls13_sha512"));

    private static final Map<Integer, String> CLIENT_CERTIFICATES =
            Map.of(1, "RSA", 2, "DSA", 64, "ECDSA");

    private static final int SHOWN = 24;

    private IanaNames() {}

    static String extension(int type) {
        return EXTENSIONS.getOrDefault(type, "extension " + type);
    }

    static String scheme(int number) {
        return SCHEMES.getOrDefault(number, "0x%04X".formatted(number));
    }

    /** RFC 5246 §7.4.4: the kinds of client certificates. */
    static String clientCertificate(int type) {
        return CLIENT_CERTIFICATES.getOrDefault(type, "type " + type);
    }

    static String schemes(List<Integer> numbers) {
        return list(
                numbers.stream().filter(n -> !Numbers.grease(n)).map(IanaNames::scheme).toList());
    }

    static String suites(List<Integer> numbers) {
        return list(
                numbers.stream().filter(n -> !Numbers.grease(n)).map(IanaNames::suite).toList());
    }

    static String groups(List<Integer> numbers) {
        return list(numbers.stream().filter(n -> !Numbers.grease(n)).map(Numbers::group).toList());
    }

    static String suite(int number) {
        return switch (number) {
            case 0x00FF -> "TLS_EMPTY_RENEGOTIATION_INFO_SCSV (a signal)";
            case 0x5600 -> "TLS_FALLBACK_SCSV (a signal)";
            default -> Numbers.suite(number);
        };
    }

    /** Names with commas between, not endlessly many. */
    static String list(List<String> names) {
        if (names.isEmpty()) return "none";
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }
}
