package dev.sobre.app.config;

import java.util.Locale;

/** The commented {@code sobre.toml} that {@code sobre init} writes. */
public final class ConfigurationText {

    private ConfigurationText() {}

    public static String of(Configuration c) {
        return """
        # Sobre. A change takes effect at the next start of `sobre serve`.
        # Paths are in this directory, or absolute.

        # Addresses at this domain are local.
        domain = "%s"

        # The name that clients connect to; it must be in the certificate.
        hostname = "%s"

        # Each service speaks TLS from the first byte; none has a plain port.
        # addresses = [] listens on all of the machine's addresses; "unix:imaps.sock" is a Unix socket.
        # proxy-from lists the proxies (addresses, ranges, "unix") that send a PROXY header, version 2.
        # tickets = false gives clients no TLS session tickets: a few old ones fail with them.
        [smtps] # submission: mail programs send here
        port = %d
        addresses = []
        # client-certificates = "none" # or "optional", "required"; so for each service
        # Ways to log in by which some mail program fails are not offered; PLAIN always is:
        # withhold = ["AUTH=SCRAM-SHA-256", "AUTH=SCRAM-SHA-256-PLUS"]
        # reuse-port = false # true: each event loop accepts for itself (SO_REUSEPORT)

        [pop3s]
        port = %d
        addresses = []

        [imaps]
        port = %d
        addresses = []
        # proxy-from = ["10.0.0.0/8"]
        # socket-mode = "0660" # of its Unix sockets: who may write may connect
        # Capabilities that some mail program does not get on with are neither announced nor served:
        # withhold = ["UIDONLY", "AUTH=LOGIN"]
        # message-limit = 0 # or from 1000: so many messages a command may process; docs/clients.md says what that breaks
        # compress = false # true: clients may have all compressed; docs/security.md says what that gives away

        [telnets] # the administrator's console
        port = %d
        addresses = ["127.0.0.1"]

        [tls]
        # When these files change, the running server takes them; no restart is needed.
        certificate = "%s" # PEM, the server's own with its intermediates
        key = "%s" # PEM
        # key-passphrase-file = "tls/server.pass" # what the key is locked with
        # ocsp-response = "tls/server.ocsp" # stapled; DER or PEM
        # "modern" is TLS 1.3 alone; "compatible" also serves mail programs of before 2018.
        # policy = "standard"
        # Or each list explicitly; `sobre tls suites` shows what may stand here, and why.
        # versions = ["TLSv1.3", "TLSv1.2"]
        # suites = ["TLS_AES_128_GCM_SHA256", …]
        # groups = ["X25519MLKEM768", "X25519", "P-256", "P-384"]
        # signatures = ["ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256", …]
        # Clients with certificates: who may vouch for them (PEM), and what was revoked since.
        # client-ca = "tls/clients.pem"
        # client-crl = "tls/clients.crl"
        # client-depth = 2 # intermediate authorities at most
        # A certificate stands for its subjectAltName mail address, or for what is said here.
        # [tls.client-map]
        # "subject:CN=Ann,O=Example" = "ann@example.org" # or "sha256:…", "email:…", "dns:…"

        # Clients that come again skip half of the handshake: their sessions are sealed under keys
        # that change. Machines that share the file resume each other's sessions; a secret that
        # systemd hands over is "credential:NAME".
        # ticket-keys = "tls/tickets.key"
        # ticket-rotation = "12h" # how long a key seals
        # ticket-lifetime = "24h" # how long it opens, twice as long at least
        # session-cache = 20000 # for clients of TLS 1.2 that take no tickets, by service; 0 for none

        # More certificates, chosen by the name that the client asks for and by what it can check.
        # [[tls.identity]]
        # certificate = "tls/other.pem"
        # key = "tls/other.key"

        [limits]
        message = %d # octets
        connections = %d # of each service
        connections-per-address = %d # an IPv4 address or an IPv6 /64
        # What users may send; 0 is no limit. The postmaster gets a mail about who reaches a limit of an
        # hour, and `sobre status` shows it: it may be somebody who has stolen the password.
        # recipients = 1000 # of one mail
        # domains-per-connection = 0 # of recipients
        # mails-per-connection = 0
        # mails-at-once = 100 # of one account
        # mails-per-hour = 1000 # of one account
        # recipients-per-hour = 10000 # of one account, refused ones too
        # mails-per-hour-from-address = 0
        # recipients-per-hour-from-address = 0

        [mail]
        # Each of these characters begins a subaddress: mail for ann+shop is ann's. "" for none.
        # subaddress-separators = "+"
        # "own": From and Sender of what users send have addresses of their own alone; From of mail which they
        # send on (Resent-From) may be of people elsewhere. "any": nobody looks.
        # from = "own"
        # A client that lost our answer sends the same mail again: within this time nobody gets it twice.
        # What has no Message-ID of the client's own is never taken for such. "0s": never.
        # repeats-within = "1h"
        # false: the Received field does not say from which address a mail was submitted.
        # trace-client = true
        # A client may ask that a mail leaves at a later time (HOLDFOR, HOLDUNTIL): so much later at
        # most. Until then it is in the queue. "0s": not at all.
        # hold-up-to = "720h"

        [store]
        # folder = "store" # a path in this home, or an absolute one
        # "durable": mail is on the disk before it is answered for. "relaxed": within a second after;
        # when the power fails, mail of the last seconds is lost, or listed and not there.
        # sync = "durable"
        # segment-size = 67108864 # octets of a file of bodies
        # block-cache = 33554432 # octets of metadata in memory
        # write-buffer = 16777216 # octets of new metadata in memory, three times
        # index-rows = 2000000 # messages whose flags and sizes are in memory, 40 octets each
        # Where `sobre store backup` goes while the server runs. Another disk is a good place.
        # backup-folder = "/var/backups/sobre"

        [search]
        # Keeps an index of texts (about two times the octets of plain text) in "search", a directory of
        # this home that can be deleted at any time: it is made anew. false: each search reads the mails.
        # enabled = true
        # A mailbox is indexed from the first search for a text there, which reads its mails. true: every
        # mailbox, as mail comes, so that no search has to; that is a good part of what a delivery costs.
        # everything = false

        [login]
        # SCRAM-SHA-256, by which a password never leaves the client, works with app passwords alone
        # (`sobre account app-password`). Programs that prefer it then fail with other passwords.
        # scram = false
        # From an address (of IPv6: from its /64) that sends more different wrong passwords than this,
        # logins get a temporary error until the first of them is that old. The same one again and
        # again counts once. No account is ever locked. 0: never.
        # wrong-passwords = 10
        # wrong-passwords-within = "15m"

        [relay] # mail for other domains; `sobre queue list` shows what waits to leave, and why
        # "direct": to the mail servers that the DNS names. "smarthost": to one server that passes it
        # on. "off": such mail is refused.
        way = "%s"
        # host = "smtp.example.net" # the smarthost; its certificate must hold
        # security = "tls" # or "starttls"
        # port = 465 # with "starttls" 587
        # user = "ann@example.net"
        # password-file = "relay.password" # for its owner only
        # ca = "relay-ca.pem" # who vouches for the smarthost; else who the JDK trusts
        # dns = [] # name servers; [] for the machine's
        # expires = "120h" # then it goes back to its sender
        # warn = "4h" # then its sender is told that it is late
        # connections = 50
        # connections-per-destination = 5

        [dkim]
        # What leaves is signed with these. `sobre dkim key` makes them, and says what the DNS must have.
        # keys = ["dkim/%s/s1-ed25519.key", "dkim/%s/s1-rsa.key"]

        [log]
        level = "%s" # "error", "warn", "info", "debug"
        file = "" # "" is standard error
        """
                .formatted(
                        c.domain(),
                        c.hostname(),
                        c.listener(Service.SMTPS).port(),
                        c.listener(Service.POP3S).port(),
                        c.listener(Service.IMAPS).port(),
                        c.listener(Service.TELNETS).port(),
                        c.certificate().chain(),
                        c.certificate().key(),
                        c.limits().message(),
                        c.limits().connections(),
                        c.limits().connectionsPerAddress(),
                        c.relay().way().name().toLowerCase(Locale.ROOT),
                        c.domain(),
                        c.domain(),
                        c.log().level());
    }
}
