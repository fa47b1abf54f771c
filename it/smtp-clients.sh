#!/usr/bin/env bash
# What people and programs send mail with, against a served home: each sends a file, which is then read
# by IMAPS and must be the same, octet for octet; each is told, and tells, that a password is wrong.
# Prints one line `ok - what` or `not ok - what` per check, at the end `N passed, N failed`; fails if
# one failed.
. "$(dirname "$(readlink -f "$0")")/served-home.sh"

secret=client-secret-1
serve_home 's/^way = "direct"/way = "off"/' # no mail leaves it
check "account add" add_user ann@example.org $secret
check "account add for whom they write to" add_user bob@example.org $secret

file=$work/odd.bin # all octets, and what could be taken for the end of a mail
{ printf '\0\r\n.\r\n..\n\r' && head -c 300000 /dev/urandom && printf '\r\n.\r\n\n.\n'; } >"$file"
text=$work/text
echo "See the file." >"$text"

received() { # SUBJECT: the file that came with it
    imap bob@example.org $secret INBOX -X "SEARCH SUBJECT $1" >"$work/found" || return 1
    local numbers
    numbers=$(tr -d '\r' <"$work/found" | sed -n 's/^\* SEARCH//p')
    [ "$(wc -w <<<"$numbers")" = 1 ] || { echo "found: $numbers" && return 1; }
    imap bob@example.org $secret "INBOX;MAILINDEX=${numbers// /}" >"$work/$1.eml" || return 1
    python3 it/attachment.py "$work/$1.eml" >"$work/$1.bin" && cmp "$work/$1.bin" "$file"
}
sends() { # CLIENT WHAT-IT-SAYS-OF-A-WRONG-PASSWORD: the function send_CLIENT gets password and subject
    check "$1 sends a file" "send_$1" $secret "file-by-$1"
    check "the file that $1 sent is the same" received "file-by-$1"
    check "$1 says that a wrong password is wrong" says "$2" "send_$1" wrong "wrong-by-$1"
    check "nothing came of that" has_count 0 bob@example.org $secret "SUBJECT wrong-by-$1"
}

send_swaks() {
    swaks --silent 2 --tls-on-connect --tls-verify --tls-ca-path "$ca" --server localhost \
        --port "$smtps" --auth PLAIN --auth-user ann@example.org --auth-password "$1" \
        --from ann@example.org --to bob@example.org --header "Subject: $2" --body "$text" \
        --attach-type application/octet-stream --attach "@$file"
}
sends swaks "535 5.7.8 user name or password is wrong"

mime() { # SUBJECT: a mail with the file
    head_of "$1"
    printf 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=part\r\n\r\n'
    printf -- '--part\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n'
    printf -- '--part\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n'
    printf 'Content-Disposition: attachment; filename=odd.bin\r\n\r\n'
    base64 -w 76 "$file" | sed 's/$/\r/'
    printf -- '--part--\r\n'
}

send_curl() {
    mime "$2" >"$work/curl.eml" && submit ann@example.org "$1" bob@example.org "$work/curl.eml"
}
sends curl "Login denied"

send_msmtp() {
    cat >"$work/msmtprc" <<END
account default
host localhost
port $smtps
tls on
tls_starttls off
tls_trust_file $ca
auth plain
user ann@example.org
from ann@example.org
password $1
END
    chmod 600 "$work/msmtprc"
    mime "$2" | tr -d '\r' | msmtp -C "$work/msmtprc" bob@example.org
}
sends msmtp "535 5.7.8 user name or password is wrong"

send_mutt() {
    cat >"$work/muttrc" <<END
set smtp_url=smtps://ann%40example.org@localhost:$smtps/ smtp_pass=$1
set ssl_ca_certificates_file=$ca certificate_file=$ca tmpdir=$work
set realname=Ann from=ann@example.org copy=no
END
    HOME=$work mutt -n -F "$work/muttrc" -s "$2" -a "$file" -- bob@example.org <"$text"
}
sends mutt "authentication failed"

send_s-nail() {
    HOME=$work MAILRC=/dev/null s-nail -n -S v15-compat -S ttycharset=utf-8 -S sendwait -S tls-verify=strict \
        -S tls-ca-file="$ca" -S tls-ca-no-defaults -S smtp-auth=plain -S from=ann@example.org \
        -S mta="smtps://ann%40example.org:$1@localhost:$smtps" -s "$2" -a "$file" \
        bob@example.org <"$text"
}
sends s-nail "535 5.7.8 user name or password is wrong"

send_smtplib() {
    python3 it/smtplib-client.py "$ca" "$smtps" ann@example.org "$1" "$2" bob@example.org "$file"
}
sends smtplib "user name or password is wrong"

cp -r it/nodemailer "$work/nodemailer"
check "npm installs nodemailer" bash -c 'cd "$0" && npm ci --prefer-offline --no-audit --no-fund' \
    "$work/nodemailer"
send_nodemailer() {
    NODE_EXTRA_CA_CERTS="$ca" timeout 60 node "$work/nodemailer/client.mjs" "$smtps" ann@example.org \
        "$1" "$2" bob@example.org "$file"
}
sends nodemailer "535 5.7.8 user name or password is wrong"

send_angus-mail() { # which `sobre send` is made of
    { echo "$1" && cat "$text"; } | "$sobre" send --server "localhost:$smtps" --ca "$ca" \
        --user ann@example.org --password-stdin --to bob@example.org --subject "$2" --attach "$file"
}
sends angus-mail "wrong"

# ---- a certificate in place of a password ------------------------------------------------------

own=$work/own
issue() { # NAME ADDRESS: a certificate for a person, by an authority of our own
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$own/$1.key" -out "$own/$1.csr" 2>/dev/null &&
        openssl x509 -req -in "$own/$1.csr" -CA "$own/ca.pem" -CAkey "$own/ca.key" -CAcreateserial -days 2 \
            -extfile <(printf 'subjectAltName=email:%s\nextendedKeyUsage=clientAuth\n' "$2") \
            -out "$own/$1.pem" 2>/dev/null
}
certificates() {
    mkdir -p "$own" && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
        -subj "/CN=Staff" -keyout "$own/ca.key" -out "$own/ca.pem" 2>/dev/null &&
        issue ann ann@example.org && issue eve eve@example.org
}
ask_for_them() {
    stop_server && sed -i "s,^# client-ca = .*,client-ca = \"$own/ca.pem\"," "$home/sobre.toml" &&
        sed -i '/^\[smtps\]/,/^\[/ s/^# client-certificates = .*/client-certificates = "optional"/' \
            "$home/sobre.toml" && start_server
}
submit_by() { # NAME SUBJECT
    mime "$2" >"$work/external.eml"
    curl -sS --max-time 60 --cacert "$ca" --cert "$own/$1.pem" --key "$own/$1.key" -u "ann@example.org:" \
        --login-options AUTH=EXTERNAL --mail-from ann@example.org --mail-rcpt bob@example.org \
        -T "$work/external.eml" "smtps://localhost:$smtps"
}
check "certificates are issued" certificates
check "the server asks clients for them" ask_for_them
check "curl sends a file by AUTH EXTERNAL" submit_by ann by-certificate
check "the file that it sent is the same" received by-certificate
check "somebody else's certificate is not enough" says "Login denied" submit_by eve not-ann
check "who has none still sends by password" send_curl $secret by-password-still
# ---- somebody has the password -----------------------------------------------------------------

watch_closely() {
    stop_server && sed -i 's/^# mails-per-hour = .*/mails-per-hour = 1/' "$home/sobre.toml" && start_server
}
check "the server lets users send one mail an hour" watch_closely
check "a mail is sent" send_msmtp $secret the-first
check "the next is put off" says "450 4.7.1 you have sent as many mails" send_msmtp $secret the-second
check "the administrator sees who may have lost the password" \
    grep -q "ann@example.org.*somebody has the password" <("$sobre" status --home "$home")
check "SIGTERM stops the server" stop_server
sum
