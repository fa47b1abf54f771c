#!/usr/bin/env bash
# Mail that leaves for a real Postfix on loopback, which hands it to a real Dovecot by LMTP, where it is
# read: taken, put off, greylisted by postgrey, refused, slow, cut in the middle, its answer lost,
# without STARTTLS, with somebody else's certificate; its signatures are checked by dkimpy. Prints one
# line `ok - what` or `not ok - what` per check, at the end `N passed, N failed`; fails if one failed.
# Needs root, as Postfix and Dovecot do.
[ "$(id -u)" = 0 ] || exec sudo -E "$0" "$@"
. "$(dirname "$(readlink -f "$0")")/served-home.sh"

far=$work/far
conf=$far/conf
secret=relay-secret-1

others=() # processes of the other side

finish_far() {
    [ -e "$conf/main.cf" ] && postfix -c "$conf" stop >/dev/null 2>&1
    [ -e "$far/dovecot.conf" ] && doveadm -c "$far/dovecot.conf" stop >/dev/null 2>&1
    [ ${#others[@]} -gt 0 ] && kill "${others[@]}" 2>/dev/null
    finish
}
trap finish_far EXIT

within() { # SECONDS COMMAND...: it succeeds at last
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.2
    done
}

# ---- the other server --------------------------------------------------------------------------

base=$((15000 + RANDOM % 4000))
good=$base plain=$((base + 1)) wrong=$((base + 2)) slow=$((base + 3)) grey=$((base + 4))
lmtp=$((base + 5)) far_imap=$((base + 6)) postgrey=$((base + 7)) cut=$((base + 8)) deaf=$((base + 9))

certificate() { # NAME HOST
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$2" \
        -addext "subjectAltName=DNS:$2" -keyout "$far/$1.key" -out "$far/$1.pem" 2>/dev/null
}
answers() { # LINE...: what the other server says to recipients
    printf '%s\n' "$@" >"$conf/access"
}
set_up_postfix() {
    mkdir -p "$conf" "$far/queue" "$far/data"
    chown postfix "$far/data"
    certificate good localhost && certificate wrong elsewhere.example || return 1
    cat >"$conf/main.cf" <<END
compatibility_level = 3.6
queue_directory = $far/queue
data_directory = $far/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = $far/log
maillog_file_prefixes = $far
default_database_type = texthash
alias_maps =
alias_database =
myhostname = mx.far.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = far.example
virtual_mailbox_maps = inline:{bob@far.example=x late@far.example=x slow@far.example=x grey@far.example=x}
virtual_transport = lmtp:inet:127.0.0.1:$lmtp
smtpd_tls_security_level = may
smtpd_tls_received_header = yes
smtpd_tls_cert_file = $far/good.pem
smtpd_tls_key_file = $far/good.key
smtpd_recipient_restrictions = check_recipient_access texthash:$conf/access, reject_unauth_destination
END
    cat >"$conf/master.cf" <<END
127.0.0.1:$good inet n - n - - smtpd
127.0.0.1:$plain inet n - n - - smtpd
  -o smtpd_tls_security_level=none
127.0.0.1:$wrong inet n - n - - smtpd
  -o smtpd_tls_cert_file=$far/wrong.pem
  -o smtpd_tls_key_file=$far/wrong.key
127.0.0.1:$slow inet n - n - - smtpd
  -o { smtpd_data_restrictions = sleep 3 }
  -o { smtpd_end_of_data_restrictions = sleep 3 }
127.0.0.1:$grey inet n - n - - smtpd
  -o { smtpd_recipient_restrictions = reject_unauth_destination, check_policy_service inet:127.0.0.1:$postgrey }
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
scache unix - - n - 1 scache
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
END
    answers "late@far.example 450 4.7.1 come later" "no@far.example 550 5.1.1 nobody of that name"
    postfix -c "$conf" start && within 20 listens "$good"
}
set_up_dovecot() {
    mkdir -p "$far/mail"
    chmod 755 "$work" "$far"
    chown nobody "$far/mail"
    cat >"$far/dovecot.conf" <<END
protocols = lmtp imap
base_dir = $far/dovecot
log_path = $far/dovecot.log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:$far/mail/%n
passdb {
  driver = static
  args = password=$secret
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$far/mail/%n allow_all_users=yes
}
service lmtp {
  inet_listener lmtp {
    port = $lmtp
  }
}
service imap-login {
  inet_listener imap {
    port = $far_imap
  }
  inet_listener imaps {
    port = 0
  }
}
END
    dovecot -c "$far/dovecot.conf" && within 20 listens "$lmtp"
}
set_up_postgrey() { # without its pauses for networks, and with its data here
    mkdir -p "$far/grey"
    chown postgrey "$far/grey"
    postgrey --inet="127.0.0.1:$postgrey" --dbdir="$far/grey" --delay=3 >"$far/postgrey.log" 2>&1 &
    others+=($!)
    within 20 listens "$postgrey"
}
listens() { bash -c "exec 3<>/dev/tcp/127.0.0.1/$1"; } # PORT
unkind() { # PORT HOW OCTETS: stands before Postfix
    python3 it/unkind-proxy.py "$1" "$good" "$2" "$3" >"$far/$2.ready" 2>"$far/$2.log" &
    others+=($!)
    within 20 grep -q ready "$far/$2.ready"
}
check "Dovecot is there" set_up_dovecot
check "postgrey is there" set_up_postgrey
check "Postfix is there, and hands mail to Dovecot" set_up_postfix

arrived() { # COUNT WHO SUBJECT
    [ "$(grep -rl "^Subject: $3\$" "$far/mail/$2"/{new,cur} 2>/dev/null | wc -l)" = "$1" ]
}
arrives() { # WHO SUBJECT: within half a minute, and once
    within 30 arrived 1 "$@" || { tail -n 5 "$far/log" "$work/log"; queue; return 1; }
}

# ---- ours, which sends all to it ---------------------------------------------------------------

serve_home 's/^way = "direct"/way = "smarthost"/' 's/^# host = .*/host = "localhost"/' \
    's/^# security = .*/security = "starttls"/' "s/^# port = 465.*/port = $good/" \
    "s,^# ca = .*,ca = \"$far/good.pem\","
check "account add" add_user ann@example.org $secret

send() { # WHO SUBJECT
    { head_of "$2" && printf '\r\n.The text of %s  \r\n\r\n\tits end\r\n\r\n\r\n' "$2"; } >"$work/mail.eml"
    submit ann@example.org $secret "$1@far.example" "$work/mail.eml"
}
queue() { "$sobre" queue list --home "$home"; }
says_why() { queue >"$work/queue" && grep -qF -- "$1" "$work/queue"; }
empty() { [ -z "$("$sobre" queue list --home "$home" --json)" ]; }
queued() { # TEXT: something waits, and this is why
    within 30 says_why "$1" || { cat "$work/queue"; return 1; }
}
by() { # PORT: from now on it sends there
    stop_server && sed -i "/^\[relay\]/,/^\[/ s/^port = .*/port = $1/" "$home/sobre.toml" && start_server
}

shown() { # bob reads his mail there
    curl -sS --max-time 20 -u "bob:$secret" "imap://127.0.0.1:$far_imap/INBOX;MAILINDEX=1" >"$work/there" &&
        tail -c "$(stat -c %s "$work/mail.eml")" "$work/there" | cmp - "$work/mail.eml"
}

check "dkim key makes keys" bash -c "'$sobre' dkim key --json --home '$home' example.org >'$work/dkim.json'"
check "dkim.keys names them" sed -i 's,^# keys = ,keys = ,' "$home/sobre.toml"
check "the server starts with them" by "$good"

check "a mail is taken" send bob taken
check "it arrives" arrives bob taken
check "it went by TLS" grep -rq "using TLSv1.3" "$far/mail/bob/new"
check "both signatures hold" /usr/bin/python3 - "$work/dkim.json" "$far"/mail/bob/new/* <<'END'
import dkim, json, sys
records = {key["name"] + ".": key["text"].encode() for key in json.load(open(sys.argv[1]))["keys"]}
mail = open(sys.argv[2], "rb").read()
lookup = lambda name, timeout=5: records[name.decode() if isinstance(name, bytes) else name]
seen = [dkim.DKIM(mail).verify(idx, dnsfunc=lookup) for idx in (0, 1)]
forged = dkim.DKIM(b"From: eve@evil.example\r\n" + mail).verify(0, dnsfunc=lookup)
print(seen, forged)
sys.exit(seen != [True, True] or forged)
END
check "Dovecot shows what was sent" shown

check "a mail is taken for who is put off" send late later
check "the queue says why it waits" queued "450 4.7.1"
check "it has not arrived" arrived 0 late later
answers "no@far.example 550 5.1.1 nobody of that name"
check "Postfix takes it from now on" postfix -c "$conf" reload
tried_again() { # WHO SUBJECT: a process of Postfix may still have the old table
    "$sobre" queue retry --home "$home" all
    within 10 arrived 1 "$@"
}
check "it is tried again, and arrives" within 60 tried_again late later

check "a mail is taken for nobody" send no refused
check "a report comes back" within 30 has_count 1 ann@example.org $secret 'SUBJECT "Your mail did not arrive"'
check "it has what Postfix said" has_count 1 ann@example.org $secret 'BODY "nobody of that name"'

check "the server sends by a slow one" by "$slow"
check "a mail is taken for it" send slow slow
check "it arrives, and once" arrives slow slow

check "the server sends by one with a greylist" by "$grey"
check "a mail is taken for that" send grey greylisted
check "it waits, and says why" queued "Greylisted"
check "it has not arrived" arrived 0 grey greylisted
greylist_passes() { # the first of two tries may be too soon
    "$sobre" queue retry --home "$home" all
    within 4 arrived 1 grey greylisted
}
check "it arrives when its time has come" within 60 greylist_passes

send_large() { # SUBJECT: 2 MB, with a line that is a dot
    { head_of "$1" && printf '\r\n.\r\n' && seq -f '%099.0f' 20000 | sed 's/$/\r/'; } >"$work/mail.eml"
    submit ann@example.org $secret bob@far.example "$work/mail.eml"
}
whole() { # SUBJECT: each copy that is there
    grep -rl "^Subject: $1\$" "$far"/mail/bob/{new,cur} | while read -r copy; do
        tail -c "$(stat -c %s "$work/mail.eml")" <(sed 's/\r*$/\r/' "$copy") | cmp - "$work/mail.eml" || exit 1
    done
}
check "somebody stands between who cuts the connection" unkind "$cut" cut 1000000
check "the server sends by that" by "$cut"
check "a large mail is taken" send_large cut-in-the-middle
check "it waits, and says why" queued "localhost"
check "nothing of it has arrived" arrived 0 bob cut-in-the-middle
check "it is tried again" "$sobre" queue retry --home "$home" all
check "it arrives, and once" arrives bob cut-in-the-middle
check "it is whole" whole cut-in-the-middle
check "the queue is empty" within 30 empty
check "somebody stands between who loses the last answer" unkind "$deaf" deaf 2000000
check "the server sends by that" by "$deaf"
check "a large mail is taken" send_large answer-lost
check "it waits, and says why" queued "localhost"
check "it has arrived" within 30 arrived 1 bob answer-lost
check "it is tried again" "$sobre" queue retry --home "$home" all
check "it arrives a second time, as only then it may" within 30 arrived 2 bob answer-lost
check "both are whole" whole answer-lost
check "the queue is empty" within 30 empty

check "the server sends by one without STARTTLS" by "$plain"
check "a mail is taken for that" send bob no-starttls
check "it waits, and says why" queued "offers no STARTTLS"
check "the server sends by one with another's certificate" by "$wrong"
check "a mail is taken for that, too" send bob wrong-certificate
check "it waits, and says that the certificate is wrong" queued "certificate"
neither() { arrived 0 bob no-starttls && arrived 0 bob wrong-certificate; }
check "neither has arrived" neither
check "the server sends by the first again" by "$good"
check "what waits is tried" "$sobre" queue retry --home "$home" all
check "one arrives" arrives bob no-starttls
check "and the other" arrives bob wrong-certificate

check "SIGTERM stops the server" stop_server
sum
