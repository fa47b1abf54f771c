#!/usr/bin/env bash
# Real mail programs against a served home, with certificate verification on. Prints one line
# `ok - what` or `not ok - what` per check, at the end `N passed, N failed`; fails if one failed.
. "$(dirname "$(readlink -f "$0")")/served-home.sh"

serve_home 's/^# scram = false/scram = true/' 's/^way = "direct"/way = "smarthost"/' \
    's/^# host = .*/host = "localhost"/' 's/^# port = 465.*/port = 1/'
check "the ready line names the four ports" test "$(cat "$work/ready")" = \
    "ready smtps=$((offset + 465)) pop3s=$((offset + 995)) imaps=$((offset + 993)) telnets=$((offset + 992))"

check "account add reaches the running server" add_user ann@example.org ann-secret-1
check "account add --admin" add_user bob@example.org bob-secret-1 --admin --alias postmaster@example.org
check "account add for mbsync" add_user carol@example.org carol-secret-1
check "account add for the hundred" add_user dave@example.org dave-secret-1
check "an address twice is refused" says "is taken" add_user ann@example.org ann-secret-2
check "account list --json" grep -q '"address":"ann@example.org"' \
    <("$sobre" account list --home "$home" --json)
check "the CA key is the owner's alone" test "$(stat -c %a "$home/tls/ca.key")" = 600
check "the control socket is the owner's alone" test "$(stat -c %a "$home/control/sobre.sock")" = 600
check "a second serve is refused with the first one's pid" says "$server" \
    "$sobre" serve --home "$home"
check "init never overwrites" says "not overwritten" "$sobre" init --home "$home" --domain example.org

cat >"$work/import.txt" <<'END'
# plain, then hashes as Dovecot writes them
plain@example.org:imported-plain
bcrypt@example.org:{BLF-CRYPT}$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW
this line has no colon
other@elsewhere.example:secret-secret
END
printf 'sha@example.org:{SHA512-CRYPT}%s\n' "$(openssl passwd -6 imported)" >>"$work/import.txt"
"$sobre" account import --home "$home" "$work/import.txt" >"$work/imported" 2>&1
check "import names the lines it did not take" grep -q 'line 4 not taken' "$work/imported"
check "import takes the others" grep -q '^3 accounts added, 2 lines not taken' "$work/imported"

# ---- curl ------------------------------------------------------------------------------------

same_tail() { # SENT RECEIVED: equal but for the trace fields in front
    local size
    size=$(stat -c %s "$1")
    echo "sent $size octets, received $(stat -c %s "$2")"
    tail -c "$size" "$2" | cmp - "$1"
}

{
    head_of odd-bytes
    printf 'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n'
    printf 'Content-Transfer-Encoding: 8bit\r\n\r\n'
    printf 'Gr\303\274\303\237e, na\303\257ve caf\303\251, \346\227\245\346\234\254, \360\237\223\256\r\n'
    printf '.\r\n..\r\n.dot at the beginning\r\n...\r\n\r\n'
    for letter in a b c; do
        printf '%0990d\r\n' 0 | tr 0 $letter
    done
    printf '\r\n.\r\n'
} >"$work/odd.eml"
{
    head_of attachment
    printf 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=part\r\n\r\n'
    printf -- '--part\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n'
    printf -- '--part\r\nContent-Type: application/octet-stream\r\n'
    printf 'Content-Transfer-Encoding: base64\r\n'
    printf 'Content-Disposition: attachment; filename=random.bin\r\n\r\n'
    head -c 5242880 /dev/urandom | base64 -w 76 | sed 's/$/\r/'
    printf -- '--part--\r\n'
} >"$work/attachment.eml"

check "curl sends 8-bit, dot-stuffed and 990-octet lines by SMTPS" \
    submit ann@example.org ann-secret-1 bob@example.org "$work/odd.eml"
check "curl sends a 5 MB attachment by SMTPS" \
    submit ann@example.org ann-secret-1 bob@example.org "$work/attachment.eml"
number=0
for name in odd attachment; do
    number=$((number + 1))
    imap bob@example.org bob-secret-1 "INBOX;MAILINDEX=$number" >"$work/$name.imap" 2>"$out"
    check "curl reads $name by IMAPS, equal octets" same_tail "$work/$name.eml" "$work/$name.imap"
    pop3 bob@example.org bob-secret-1 "$number" >"$work/$name.pop3" 2>"$out"
    check "curl reads $name by POP3S, equal octets" same_tail "$work/$name.eml" "$work/$name.pop3"
    check "$name is the same by both" cmp "$work/$name.imap" "$work/$name.pop3"
done
{ head_of to-the-alias && printf '\r\nTo an alias.\r\n'; } >"$work/alias.eml"
check "an alias receives" submit ann@example.org ann-secret-1 postmaster@example.org "$work/alias.eml"
check "an imported SHA-512 password logs in" \
    imap sha@example.org imported "" -X NOOP
check "an imported bcrypt password logs in" imap bcrypt@example.org U*U "" -X NOOP
check "an imported plain password logs in" imap plain@example.org imported-plain "" -X NOOP

login_refused() { # USER PASSWORD
    curl -sS --max-time 20 --cacert "$ca" -u "$1:$2" "imaps://localhost:$imaps/" -X NOOP
    [ $? = 67 ]
}
check "a wrong password is refused" login_refused ann@example.org wrong
check "an unknown user is refused" login_refused nobody@example.org wrong
queued() { # until the relay has tried, and says why it could not
    for _ in $(seq 300); do
        "$sobre" queue list --home "$home" | grep 'localhost.*refused' && return 0
        sleep 0.1
    done
    "$sobre" queue list --home "$home"
    return 1
}
check "mail for another domain is taken" submit ann@example.org ann-secret-1 \
    someone@elsewhere.example "$work/odd.eml"
check "it waits, and the queue says why" queued
check "an administrator deletes it" "$sobre" queue delete --home "$home" someone@elsewhere.example
check "somebody else's sender address is refused" refused submit_as_other
submit_as_other() {
    curl -sS --max-time 20 --cacert "$ca" -u ann@example.org:ann-secret-1 \
        --mail-from bob@example.org --mail-rcpt bob@example.org -T "$work/odd.eml" \
        "smtps://localhost:$smtps"
}
check "without the CA no client trusts the server" says "certificate" \
    curl -sS --max-time 20 "imaps://localhost:$imaps/"

# ---- swaks -----------------------------------------------------------------------------------

for mechanism in PLAIN LOGIN; do
    check "swaks sends with AUTH $mechanism" swaks --silent 1 --tls-on-connect --tls-verify \
        --tls-ca-path "$ca" --server localhost --port "$smtps" --auth "$mechanism" \
        --auth-user ann@example.org --auth-password ann-secret-1 --from ann@example.org \
        --to bob@example.org --header "Subject: swaks $mechanism"
    check "the mail of AUTH $mechanism arrived" has_count 1 bob@example.org bob-secret-1 \
        "SUBJECT \"swaks $mechanism\""
done

# ---- mbsync ----------------------------------------------------------------------------------

mbsync_for() { # NAME: writes a configuration for NAME@example.org
    local name=$1
    mkdir -p "$work/$name"
    printf '%s\n' "$name-secret-1" >"$work/$name/password"
    cat >"$work/$name/mbsyncrc" <<END
IMAPAccount far
Host localhost
Port $imaps
User $name@example.org
PassCmd "cat $work/$name/password"
SSLType IMAPS
CertificateFile $ca
AuthMechs LOGIN

IMAPStore far
Account far

MaildirStore near
Path $work/$name/mail/
Inbox $work/$name/mail/INBOX

Channel inbox
Far :far:
Near :near:
Patterns INBOX
Create Near
Expunge Both
SyncState *
END
    mkdir -p "$work/$name/mail"
}
sync_mail() { timeout 120 mbsync -V -c "$work/$1/mbsyncrc" inbox; }
maildir_count() { find "$work/$1/mail/INBOX/cur" "$work/$1/mail/INBOX/new" -type f | wc -l; }

fill() { # 200 messages, over a few connections
    local number
    for number in $(seq 200); do
        { head_of "message-$number" && printf '\r\nThe body of %d.\r\n' "$number"; } \
            >"$work/fill/$number.eml"
    done
    local begin
    for begin in 1 51 101 151; do
        curl -sS --max-time 120 --cacert "$ca" -u carol@example.org:carol-secret-1 \
            -T "$work/fill/[$begin-$((begin + 49))].eml" "imaps://localhost:$imaps/INBOX" || return 1
    done
}
mkdir -p "$work/fill"
mbsync_for carol
check "curl appends 200 messages by IMAPS" fill
check "mbsync pulls" sync_mail carol
check "200 messages came" test "$(maildir_count carol)" = 200

change_flags() { # FLAGS COUNT: sets Maildir flags on messages that are only seen (curl says so)
    find "$work/carol/mail/INBOX/cur" -type f -name '*:2,S' | sort | head -n "$2" | while read -r file; do
        mv "$file" "${file%S}$1"
    done
}
change_flags "" 10
change_flags FS 5
change_flags ST 7
for number in 1 2 3; do
    { head_of "from-the-phone-$number" && printf '\r\nWritten elsewhere.\r\n'; } | tr -d '\r' \
        >"$work/carol/mail/INBOX/new/1700000000.$number.phone"
done
check "mbsync pushes" sync_mail carol
check "10 are unread, as are 3 new ones" has_count 13 carol@example.org carol-secret-1 UNSEEN
check "5 are flagged" has_count 5 carol@example.org carol-secret-1 FLAGGED
check "7 are gone, 3 are new" has_count 196 carol@example.org carol-secret-1 ALL

scram_for() { # NAME PASSWORD: as carol, into a directory of its own
    mkdir -p "$work/$1/mail"
    sed -e "s,$work/carol,$work/$1,g" -e 's/^AuthMechs .*/AuthMechs SCRAM-SHA-256/' \
        "$work/carol/mbsyncrc" >"$work/$1/mbsyncrc"
    printf '%s\n' "$2" >"$work/$1/password"
}
scram_for own carol-secret-1
check "mbsync fails by SCRAM-SHA-256 with the account's own password" refused sync_mail own
scram_for app "$("$sobre" account app-password add --home "$home" carol@example.org mbsync --json |
    sed 's/.*"password":"\([^"]*\)".*/\1/')"
check "mbsync logs in by SCRAM-SHA-256 with an app password" sync_mail app
check "196 messages came" test "$(maildir_count app)" = 196
check "it is known when the app password was used" grep -q "last used 2" \
    <("$sobre" account app-password list --home "$home" carol@example.org)
check "an app password is revoked" "$sobre" account app-password revoke --home "$home" \
    carol@example.org mbsync
check "mbsync is refused then" refused sync_mail app
check "the new ones have come" has_count 3 carol@example.org carol-secret-1 "SUBJECT from-the-phone"
states() { # both sides and what mbsync remembers of them
    find "$work/carol/mail" -type f | sort
    cat "$work/carol/mail/INBOX/.mbsyncstate"
    for key in ALL SEEN FLAGGED DELETED; do
        imap carol@example.org carol-secret-1 INBOX -X "UID SEARCH $key"
    done
}
idle() {
    states >"$work/before" && sync_mail carol && states >"$work/after" || return 1
    diff "$work/before" "$work/after" && [ "$(wc -l <"$work/after")" -ge 392 ]
}
check "a second run is idle" idle

# ---- openssl: one session across services and restarts ----------------------------------------

tls() { # PORT VERSION OPTION...: says goodbye in every protocol at once, so the server closes
    local port=$1 version=$2
    shift 2
    printf 'a LOGOUT\r\nQUIT\r\n' | timeout 20 openssl s_client -connect "localhost:$port" \
        "-$version" -CAfile "$ca" -verify_return_error -verify_hostname localhost -ign_eof "$@"
}
resumes() { # PORT VERSION SESSION
    tls "$1" "$2" -sess_in "$3" | tee "$work/resumed" | grep -aE '^(New|Reused),|Verif'
    grep -aq '^Reused,' "$work/resumed"
}
for version in tls1_2 tls1_3; do
    check "openssl verifies the chain, $version" tls "$imaps" $version -sess_out "$work/$version"
    check "a session of imaps resumes on pop3s, $version" resumes "$pop3s" $version "$work/$version"
    check "a session of imaps resumes on smtps, $version" resumes "$smtps" $version "$work/$version"
    check "a session of imaps resumes on telnets, $version" resumes "$telnets" $version "$work/$version"
done
check "tls sessions counts what resumed" grep -Eq '"service":"smtps","full":[0-9]+,"resumed":2' \
    <("$sobre" tls sessions --home "$home" --json)
other=$work/other # another machine, so to speak: the same certificate and the same ring
other_ports() { # a server of its own, on other ports
    cp -r "$home" "$other" && rm -rf "$other"/{store,control,sobre.lock} \
        && sed -i -E "s/^port = ([0-9]+)/echo port = \$((\1 + 5000))/e" "$other/sobre.toml" \
        && sed -i "s|^# ticket-keys = .*|ticket-keys = \"$home/tls/tickets.key\"|" "$other/sobre.toml"
}
serve_other() {
    "$sobre" serve --home "$other" >"$work/other.ready" 2>"$work/other.log" &
    second=$!
    for _ in $(seq 300); do
        grep -q '^ready ' "$work/other.ready" && return 0
        kill -0 "$second" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/other.log"
    return 1
}
check "a second server is set up with the ring of the first" other_ports
check "it starts" serve_other
for version in tls1_2 tls1_3; do
    check "a session of the first resumes on the second, $version" resumes $((imaps + 5000)) $version \
        "$work/$version"
done
kill -TERM "$second" && wait "$second"
check "SIGTERM stops the server within 5 s, exit code 0" stop_server
check "account passwd works without a server" \
    bash -c "echo bob-secret-2 | '$sobre' account passwd --home '$home' --password-stdin bob@example.org"
check "the server starts again" start_server
for version in tls1_2 tls1_3; do
    check "a session resumes after a restart, $version" resumes "$imaps" $version "$work/$version"
done
check "mail and new password survived the restart" has_count 5 bob@example.org bob-secret-2 ALL
check "old TLS is refused" refused tls "$imaps" tls1_1
plaintext() { # a client that speaks before TLS gets no answer it could mistake for one
    exec 3<>"/dev/tcp/localhost/$imaps" && printf 'a1 LOGIN ann secret\r\n' >&3
    timeout 10 cat <&3 >"$work/plain"
    exec 3>&-
    ! grep -aqE 'OK|NO|BAD' "$work/plain"
}
check "plain text on a TLS port is cut off" plaintext
check "sobre tls explain" "$sobre" tls explain --ca "$ca" "localhost:$imaps"
check "sobre send" bash -c "printf 'ann-secret-1\nHello\n' | '$sobre' send --server 'localhost:$smtps' \
    --ca '$ca' --user ann@example.org --password-stdin --to bob@example.org --subject hello"
check "sobre send without the CA says why in plain words" says "nobody trusted here vouches" \
    bash -c "printf 'ann-secret-1\nHello\n' | '$sobre' send --server 'localhost:$smtps' \
    --user ann@example.org --password-stdin --to ann@example.org"
check "sobre send to another service's port says so" says "is no submission server" \
    bash -c "printf 'ann-secret-1\nHello\n' | '$sobre' send --server 'localhost:$imaps' --ca '$ca' \
    --user ann@example.org --password-stdin --to ann@example.org"

# ---- telnet ----------------------------------------------------------------------------------

console() {
    expect <<END
set timeout 20
spawn telnet-ssl -z ssl -z secure -z verify=1 -z cacert=$ca localhost $telnets
expect -nocase "login:" {} timeout { exit 11 } eof { exit 12 }
send "bob@example.org\r"
expect -nocase "password:" {} timeout { exit 13 } eof { exit 14 }
send "bob-secret-2\r"
expect "> " {} timeout { exit 15 } eof { exit 16 }
send "status\r"
expect "imaps" {} timeout { exit 17 } eof { exit 18 }
expect "> " {} timeout { exit 19 } eof { exit 20 }
send "quit\r"
expect eof {} timeout { exit 21 }
END
}
check "telnet-ssl logs in and runs status" console

# ---- durability ------------------------------------------------------------------------------

hundred() { # ann submits until the server is killed half-way; notes every one that got its 250
    local number
    for number in $(seq 100); do
        { head_of "hundred-$number" && printf '\r\nNumber %d.\r\n' "$number"; } >"$work/h.eml"
        submit ann@example.org ann-secret-1 dave@example.org "$work/h.eml" 2>/dev/null \
            && echo "$number" >>"$work/acknowledged"
        [ -e "$work/killed" ] && break
    done
}
: >"$work/acknowledged"
hundred &
submitting=$!
while [ "$(wc -l <"$work/acknowledged")" -lt 50 ] && kill -0 "$submitting" 2>/dev/null; do
    sleep 0.05
done
kill -9 "$server"
touch "$work/killed"
wait "$submitting"
wait "$server" 2>/dev/null
server=
acknowledged=$(wc -l <"$work/acknowledged")
check "about half of a hundred were submitted before kill -9" test "$acknowledged" -ge 50
check "the server starts after kill -9" start_server
mbsync_for dave
check "mbsync fetches what survived" sync_mail dave
none_lost() {
    grep -rhoE '^Subject: hundred-[0-9]+' "$work/dave/mail" | sed 's/.*-//' | sort >"$work/survived"
    sort "$work/acknowledged" | comm -23 - "$work/survived" >"$work/lost"
    echo "acknowledged $(wc -l <"$work/acknowledged"), there $(wc -l <"$work/survived")," \
        "lost: $(tr '\n' ' ' <"$work/lost")"
    [ ! -s "$work/lost" ] && [ -z "$(uniq -d "$work/survived")" ]
}
check "none of the $acknowledged acknowledged ones is lost, none is there twice" none_lost

# What the kernel saw: between the last octets of a mail and the answer lies an fdatasync of the
# segment, which has the body and the commit that refers to it.
synced() { # TRACE
    awk -v big=20000 '
        { pid = $1; line = $0 }
        /<unfinished \.\.\.>/ { open[pid] = line; if (line !~ /(write|writev|sendmsg|sendto)\(/) next }
        /resumed>/ { line = open[pid] " " line; delete open[pid] }
        line ~ /(read|readv|recvfrom|recvmsg)\([0-9]+<TCP/ && line ~ /= [0-9]+$/ && line !~ /unfinished.*unfinished/ {
            got += substr(line, match(line, /[0-9]+$/)); next }
        line ~ /f(data)?sync\(/ && line ~ /= 0$/ {
            if (line ~ /\.seg/) durable = 1
            next }
        line ~ /(write|writev|sendmsg|sendto)\([0-9]+<TCP/ && $0 !~ /resumed>/ {
            if (got >= big) { seen = 1; if (!durable) bad = 1 }
            got = 0; durable = 0 }
        END { print "answers to large input:", seen + 0, "too early:", bad + 0; exit !(seen && !bad) }
    ' "$1"
}
{ head_of traced && printf '\r\n' && head -c 40000 /dev/urandom | base64 -w 76 | sed 's/$/\r/'; } \
    >"$work/traced.eml"
traced() { # NAME COMMAND...
    local name=$1
    shift
    strace -f -yy -s 0 -o "$work/$name.trace" \
        -e trace=read,readv,recvfrom,recvmsg,write,writev,sendmsg,sendto,fsync,fdatasync \
        -p "$server" 2>"$work/$name.strace" &
    local tracer=$!
    for _ in $(seq 600); do
        grep -q attached "$work/$name.strace" && break
        sleep 0.1
    done
    sleep 0.5
    "$@"
    local code=$?
    kill -INT "$tracer" 2>/dev/null
    wait "$tracer"
    [ "$code" = 0 ] && synced "$work/$name.trace"
}
check "no 250 leaves before the fdatasync that covers it" \
    traced smtp submit ann@example.org ann-secret-1 bob@example.org "$work/traced.eml"
check "no OK to an APPEND leaves before the fdatasync that covers it" \
    traced imap imap ann@example.org ann-secret-1 INBOX -T "$work/traced.eml"

# ---- the demonstration -------------------------------------------------------------------------

demonstration() { # runs the very lines that it prints
    set -m # so that the demonstration sees an interrupt
    # Also where whoever runs this ignores interrupts, as shells have their background jobs do.
    env --default-signal=INT "$sobre" demo --port-offset $((offset + 1000)) >"$work/demo" 2>&1 &
    local demo=$!
    set +m
    for _ in $(seq 300); do
        grep -q 'Ctrl-C stops' "$work/demo" && break
        sleep 0.1
    done
    local sent=0 line
    grep -E '^ +(printf|curl) ' "$work/demo" >"$work/demo.lines"
    while read -r line; do
        bash -o pipefail -c "$line" >>"$work/demo.read" 2>&1 || sent=1
    done <"$work/demo.lines"
    local demo_home
    demo_home=$(sed -n 's/.*removes \(\/.*\)/\1/p' "$work/demo")
    kill -INT "$demo"
    wait "$demo"
    local code=$?
    cat "$work/demo" "$work/demo.read"
    [ "$sent" = 0 ] && [ "$code" = 0 ] && [ -n "$demo_home" ] && [ ! -e "$demo_home" ] \
        && [ "$(wc -l <"$work/demo.lines")" -ge 3 ] && grep -q Welcome "$work/demo.read" \
        && grep -q 'Hello from curl' "$work/demo.read"
}
check "the demonstration's own lines work, Ctrl-C leaves nothing behind" demonstration
check "SIGTERM stops the server once more" stop_server

# ---- clients with certificates -----------------------------------------------------------------

pki=$work/pki
mkdir -p "$pki"
curve=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
issue() { # NAME EXTENSION...
    local name=$1
    shift
    openssl req "${curve[@]}" -keyout "$pki/$name.key" -subj "/CN=$name" -out "$pki/$name.csr" &&
        openssl x509 -req -in "$pki/$name.csr" -CA "$pki/ca.pem" -CAkey "$pki/ca.key" \
            -CAcreateserial -days 2 -extfile <(printf '%s\n' "$@") -out "$pki/$name.pem"
}
revoke() { # NAME...: the list of the authority has these
    printf '%s\n' '[ca]' 'default_ca=c' '[c]' "database=$pki/index" 'default_md=sha256' \
        'default_crl_days=2' >"$pki/ca.cnf"
    : >"$pki/index"
    local ca=(openssl ca -config "$pki/ca.cnf" -cert "$pki/ca.pem" -keyfile "$pki/ca.key") name
    for name in "$@"; do "${ca[@]}" -revoke "$pki/$name.pem" || return 1; done
    "${ca[@]}" -gencrl -out "$pki/new.crl" && mv "$pki/new.crl" "$pki/ca.crl"
}
make_pki() {
    openssl req -x509 "${curve[@]}" -keyout "$pki/ca.key" -subj "/CN=Clients of Example" -days 2 \
        -out "$pki/ca.pem" &&
        issue ann subjectAltName=email:ann@example.org extendedKeyUsage=clientAuth &&
        issue laptop subjectAltName=DNS:laptop.example.org extendedKeyUsage=clientAuth &&
        issue lost subjectAltName=email:ann@example.org extendedKeyUsage=clientAuth &&
        issue server subjectAltName=email:ann@example.org extendedKeyUsage=serverAuth &&
        revoke lost
}
check "openssl makes client certificates and a revocation list" make_pki
sed -i -e '/^\[smtps\]/a client-certificates = "optional"' \
    -e '/^\[pop3s\]/a client-certificates = "optional"' \
    -e '/^\[imaps\]/a client-certificates = "required"' \
    -e "/^\[tls\]/a client-ca = \"$pki/ca.pem\"\nclient-crl = \"$pki/ca.crl\"" "$home/sobre.toml"
printf '\n[tls.client-map]\n"dns:laptop.example.org" = "bob@example.org"\n' >>"$home/sobre.toml"
check "the server starts and asks for client certificates" start_server

external() { # NAME USER CURL-OPTION...
    local name=$1 user=$2
    shift 2
    curl -sS --max-time 60 --cacert "$ca" --cert "$pki/$name.pem" --key "$pki/$name.key" \
        --login-options AUTH=EXTERNAL -u "$user:" "$@"
}
check "curl logs in by IMAPS with a certificate" \
    external ann ann@example.org "imaps://localhost:$imaps/" -X NOOP
check "curl logs in by POP3S with a certificate" \
    external ann ann@example.org "pop3s://localhost:$pop3s/"
check "curl sends by SMTPS with a certificate" external ann ann@example.org \
    --mail-from ann@example.org --mail-rcpt bob@example.org -T "$work/odd.eml" \
    "smtps://localhost:$smtps"
check "a certificate of the table logs in as whom the table says" \
    external laptop bob@example.org "imaps://localhost:$imaps/" -X NOOP
check "nobody acts for somebody else" refused \
    external ann bob@example.org "imaps://localhost:$imaps/" -X NOOP
check "a revoked certificate is refused by its alert" says "certificate revoked" \
    external lost ann@example.org "imaps://localhost:$imaps/" -X NOOP
check "a server's certificate is refused by its alert" says "unsupported certificate" \
    external server ann@example.org "imaps://localhost:$imaps/" -X NOOP
check "without a certificate IMAPS is closed" says "certificate required" \
    imap ann@example.org ann-secret-1 "" -X NOOP
check "without a certificate POP3S takes passwords" pop3 ann@example.org ann-secret-1 ""
check "the log says what was wrong" grep -q 'CLIENT_CERTIFICATE_REVOKED.*was revoked on' "$work/log"
for version in tls1_2 tls1_3; do
    named() { tls "$pop3s" "$version" | grep -A 1 'Acceptable client certificate CA names' \
        | grep -q 'CN = Clients of Example'; }
    check "openssl is told which authorities count, $version" named
    with_certificate() { tls "$pop3s" "$version" -cert "$pki/ann.pem" -key "$pki/ann.key" "$@"; }
    not_resumed() {
        with_certificate -sess_out "$work/own-$version" >/dev/null
        [ ! -s "$work/own-$version" ] || with_certificate -sess_in "$work/own-$version" \
            | tee "$work/resumed" | grep -aq '^New,'
    }
    check "a session with a certificate is never resumed, $version" not_resumed
done
lost_now() { # the list is read again while the server runs
    revoke lost ann || return 1
    for _ in $(seq 30); do
        external ann ann@example.org "imaps://localhost:$imaps/" -X NOOP || return 0
        sleep 1
    done
    return 1
}
check "a changed revocation list takes effect in the running server" lost_now
check "SIGTERM stops the server a last time" stop_server

sum
