#!/usr/bin/env bash
# What scanners from outside find: testssl.sh and sslscan from Debian against homes served under the
# policies modern and standard. Nothing above LOW, no CBC, nothing older than TLS 1.2. Prints one
# line `ok - what` or `not ok - what` per check, at the end `N passed, N failed`; fails if one failed.
. "$(dirname "$(readlink -f "$0")")/checks.sh"

servers=()

finish() {
    [ ${#servers[@]} = 0 ] || { kill -9 "${servers[@]}" && wait "${servers[@]}"; } 2>/dev/null
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# Findings that are exempted, each by its id, with the reason. Whatever else is above LOW fails.
exempt() { # ID WORDS
    case $* in
        # The certificate is of the home's own CA, which revokes nothing: it renews. It could not
        # publish a list either, as a home serves nothing that is not TLS. (Trust is not exempted:
        # testssl.sh is given the CA.)
        cert_revocation\ *) ;;
        # About the OpenSSL that runs testssl.sh, not about the server.
        engine_problem\ *) ;;
        # testssl.sh hangs up as soon as its handshake is over, and so may miss a TLS 1.3 ticket,
        # which comes after it (RFC 8446 §4.6.1). Whether sessions resume is checked below, by a
        # client that waits for its ticket.
        "sessionresumption_ticket check failed because of connect problem") ;;
        *) return 1 ;;
    esac
}

serve() { # POLICY: starts a home under it on free ports
    local policy=$1 home=$work/$1 offset
    for _ in 1 2 3 4 5; do # another offset where one of the ports is taken
        offset=$((20000 + RANDOM % 6000)) # below the ports that the kernel gives to clients meanwhile
        rm -rf "$home"
        "$sobre" init --home "$home" --domain localhost --port-offset "$offset" || return 1
        sed -i "s/^\[tls\]$/[tls]\npolicy = \"$policy\"/" "$home/sobre.toml"
        grep -qx "policy = \"$policy\"" "$home/sobre.toml" || return 1
        "$sobre" serve --home "$home" >"$work/$policy.ready" 2>"$work/$policy.log" &
        local server=$!
        for _ in $(seq 300); do
            grep -q '^ready ' "$work/$policy.ready" && break
            kill -0 "$server" 2>/dev/null || break
            sleep 0.1
        done
        if grep -q '^ready ' "$work/$policy.ready"; then
            servers+=("$server")
            return 0
        fi
        cat "$work/$policy.log"
    done
    return 1
}
port() { sed -n "s/.*$2=\([0-9]*\).*/\1/p" "$work/$1.ready"; } # POLICY SERVICE

# ---- testssl.sh --------------------------------------------------------------------------------

testssl_run() { # POLICY PORT: all of it but HTTP's headers and simulated browsers
    local policy=$1 port=$2
    timeout 600 testssl --quiet --color 0 --warnings batch --nodns none --ip 127.0.0.1 \
        --add-ca "$work/$policy/tls/ca.pem" --jsonfile "$work/$policy.json" \
        --protocols --standard --pfs --server-preference --server-defaults --vulnerable \
        "localhost:$port" </dev/null >"$work/$policy.testssl" 2>&1
    # One finding a line, as `ID SEVERITY WORDS`.
    tr -d '\n' <"$work/$policy.json" | grep -oE '\{[^}]*\}' | sed -E \
        's/.*"id" *: "([^"]*)".*"severity" *: "([^"]*)".*"finding" *: "([^"]*)".*/\1 \2 \3/' \
        >"$work/$policy.findings"
}
nothing_above_low() { # POLICY: neither found, nor not looked at
    local id severity words bad=0
    while read -r id severity words; do
        case $severity in OK | INFO | LOW | DEBUG) continue ;; esac
        exempt "$id" "$words" || { bad=1 && echo "$id $severity $words"; }
    done <"$work/$1.findings"
    return $bad
}
says() { # POLICY ID TEXT
    local found
    found=$(grep "^$2 " "$work/$1.findings")
    echo "$found"
    [[ $found == *"$3"* ]]
}
looked_at_all() { # POLICY: so that a testssl.sh that looks at less is noticed
    local id
    for id in SSLv2 SSLv3 TLS1 TLS1_1 TLS1_2 TLS1_3 heartbleed CCS ticketbleed ROBOT secure_renego \
        secure_client_renego CRIME_TLS POODLE_SSL SWEET32 FREAK DROWN LOGJAM BEAST LUCKY13 RC4 \
        cipherlist_NULL cipherlist_aNULL cipherlist_EXPORT cipherlist_LOW cipherlist_3DES_IDEA \
        cipherlist_AVERAGE cert_trust cert_chain_of_trust; do
        # Where TLS 1.3 is alone, 3.0.8 files SWEET32 under another id; but it prints it.
        grep -q "^$id " "$work/$1.findings" || grep -q "^ $id " "$work/$1.testssl" \
            || { echo "no word about $id" && return 1; }
    done
}

# ---- tickets -----------------------------------------------------------------------------------

imaps_session() { # POLICY VERSION OPTION...: logs out, and reads until the server hangs up
    local policy=$1 version=$2
    shift 2
    printf 'a LOGOUT\r\n' | timeout 20 openssl s_client -connect "localhost:$(port "$policy" imaps)" \
        "-$version" -CAfile "$work/$policy/tls/ca.pem" -verify_return_error -ign_eof "$@"
}
resumes() { # POLICY VERSION
    local session=$work/$1.$2.session
    imaps_session "$1" "$2" -sess_out "$session" \
        && imaps_session "$1" "$2" -sess_in "$session" | grep -a '^Reused, '
}

# ---- sslscan -----------------------------------------------------------------------------------

sslscan_run() { # POLICY SERVICE
    timeout 60 sslscan --no-colour "localhost:$(port "$1" "$2")" >"$work/$1.$2.sslscan"
    cat "$work/$1.$2.sslscan"
    grep -q '^TLSv1.3 ' "$work/$1.$2.sslscan"
}
enabled() { # POLICY SERVICE VERSION...: these and no others
    local found
    found=$(sed -nE 's/^(SSLv[23]|TLSv1\.[0-3]) +enabled$/\1/p' "$work/$1.$2.sslscan" | tr '\n' ' ')
    echo "enabled: $found"
    [ "$found" = "${*:3} " ]
}
aead_only() { # POLICY SERVICE
    grep -E '^(Accepted|Preferred) ' "$work/$1.$2.sslscan" || return 1
    ! grep -E '^(Accepted|Preferred) ' "$work/$1.$2.sslscan" | grep -vE '_GCM_|-GCM-|CHACHA20'
}

# ---- both policies, at the same time -------------------------------------------------------------

for policy in modern standard; do
    check "serve under the policy $policy" serve "$policy"
done
if [ "$failed" != 0 ]; then
    echo "$passed passed, $failed failed"
    exit 1
fi
for policy in modern standard; do
    testssl_run "$policy" "$(port "$policy" imaps)" &
done
wait $(jobs -p | grep -vxF "$(printf '%s\n' "${servers[@]}")")

for policy in modern standard; do
    check "testssl.sh looks at all of $policy" looked_at_all "$policy"
    check "testssl.sh finds nothing above LOW in $policy" nothing_above_low "$policy"
    check "$policy: the chain is trusted with the home's CA" says "$policy" cert_chain_of_trust passed
    for id in SSLv2 SSLv3 TLS1 TLS1_1 cipherlist_NULL cipherlist_aNULL cipherlist_EXPORT \
        cipherlist_LOW cipherlist_3DES_IDEA cipherlist_AVERAGE; do
        check "$policy: $id is not offered" says "$policy" $id "not offered"
    done
    check "$policy: no renegotiation" says "$policy" secure_client_renego "not vulnerable"
    check "$policy: no compression" says "$policy" CRIME_TLS "not vulnerable"
done
check "modern: a session resumes, tls1_3" resumes modern tls1_3
for version in tls1_2 tls1_3; do
    check "standard: a session resumes, $version" resumes standard $version
done
check "modern: TLS 1.2 is not offered" says modern TLS1_2 "not offered"
check "standard: TLS 1.2 is offered" says standard TLS1_2 "offered"

for policy in modern standard; do
    versions=(TLSv1.3)
    [ $policy = modern ] || versions=(TLSv1.2 TLSv1.3)
    for service in smtps pop3s imaps telnets; do
        check "sslscan of $service under $policy" sslscan_run $policy $service
        check "$service under $policy: ${versions[*]} alone" enabled $policy $service "${versions[@]}"
        check "$service under $policy: AEAD suites alone" aead_only $policy $service
    done
done

sum
