#!/usr/bin/env bash
# Mail that leaves for a real Postfix on loopback: taken, put off, refused, slow, without STARTTLS, with
# somebody else's certificate; its signatures are checked by dkimpy. Prints one line `ok - what` or
# `not ok - what` per check, at the end `N passed, N failed`; fails if one failed. Needs root, as
# Postfix does.
[ "$(id -u)" = 0 ] || exec sudo -E "$0" "$@"
. "$(dirname "$(readlink -f "$0")")/served-home.sh"

far=$work/far
conf=$far/conf
secret=relay-secret-1

finish_far() {
    [ -e "$conf/main.cf" ] && postfix -c "$conf" stop >/dev/null 2>&1
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
good=$base plain=$((base + 1)) wrong=$((base + 2)) slow=$((base + 3))

certificate() { # NAME HOST
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "/CN=$2" \
        -addext "subjectAltName=DNS:$2" -keyout "$far/$1.key" -out "$far/$1.pem" 2>/dev/null
}
answers() { # LINE...: what the other server says to recipients
    printf '%s\n' "$@" >"$conf/access"
}
set_up_postfix() {
    mkdir -p "$conf" "$far/queue" "$far/data" "$far/mail"
    chmod 755 "$work" "$far"
    chown postfix "$far/data"
    chown nobody "$far/mail"
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
virtual_mailbox_base = $far/mail
virtual_mailbox_maps = inline:{bob@far.example=bob/ late@far.example=late/ slow@far.example=slow/}
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
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
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
END
    answers "late@far.example 450 4.7.1 come later" "no@far.example 550 5.1.1 nobody of that name"
    postfix -c "$conf" start && within 20 bash -c "exec 3<>/dev/tcp/127.0.0.1/$good"
}
check "Postfix is there" set_up_postfix

arrived() { # COUNT WHO SUBJECT
    [ "$(grep -rl "^Subject: $3\$" "$far/mail/$2/new" 2>/dev/null | wc -l)" = "$1" ]
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
queued() { # TEXT: something waits, and this is why
    within 30 says_why "$1" || { cat "$work/queue"; return 1; }
}
by() { # PORT: from now on it sends there
    stop_server && sed -i "/^\[relay\]/,/^\[/ s/^port = .*/port = $1/" "$home/sobre.toml" && start_server
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
