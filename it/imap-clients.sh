#!/usr/bin/env bash
# What people read mail with, against a served home: each program does what its user does (reads, flags,
# deletes, moves, files, waits), and curl looks at the server whether it happened. Prints one line
# `ok - what` or `not ok - what` per check, at the end `N passed, N failed`; fails if one failed.
. "$(dirname "$(readlink -f "$0")")/served-home.sh"

secret=client-secret-1
# No mail leaves it; and a line compresses what it carries.
serve_home 's/^way = "direct"/way = "off"/' 's/^# compress = false.*/compress = true/'

account() { # CLIENT SUBJECT...: an account of its own, to which ann has written unread mails
    local client=$1 subject
    shift
    mkdir -p "$work/$client"
    add_user "$client@example.org" $secret || return 1
    for subject in "$@"; do deliver "$client" "$subject" || return 1; done
}
deliver() { # CLIENT SUBJECT
    { head_of "$2" && printf '\r\nThe body of %s.\r\n' "$2"; } >"$work/mail.eml"
    submit ann@example.org $secret "$1@example.org" "$work/mail.eml"
}
has() { # COUNT CLIENT SEARCH-KEY [MAILBOX]: so many there are on the server
    has_count "$1" "$2@example.org" $secret "${@:3}"
}
ready() { # CLIENT SUBJECT...
    account "$@" >"$out" 2>&1 || not_ok "the account of $1 is ready"
}
within() { # SECONDS COMMAND...: it succeeds at last
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.2
    done
}
ready ann

# ---- offlineimap -----------------------------------------------------------------------------

ready offlineimap keep-me flag-me drop-me
far=$work/offlineimap
cat >"$far/rc" <<END
[general]
accounts = mine
metadata = $far/state
ui = basic
[Account mine]
localrepository = near
remoterepository = far
[Repository near]
type = Maildir
localfolders = $far/mail
[Repository far]
type = IMAP
remotehost = localhost
remoteport = $imaps
remoteuser = offlineimap@example.org
remotepass = $secret
ssl = yes
sslcacertfile = $ca
usecompression = yes
END
offlineimap_runs() { timeout 120 offlineimap -o -c "$far/rc"; }
maildir_of() { # SUBJECT: its file
    grep -rlx "Subject: $1" "$far/mail/INBOX"
}
flag_near() { # SUBJECT FLAGS: as a mail program flags in a Maildir
    local file
    file=$(maildir_of "$1")
    mv "$file" "$far/mail/INBOX/cur/$(basename "${file%:2,*}"):2,$2"
}
near_holds() { # COUNT
    find "$far/mail/INBOX" -path '*/tmp' -prune -o -type f -print | tee "$out.near" | wc -l |
        grep -qx "$1" || { cat "$out.near" && return 1; }
}
check "offlineimap pulls" offlineimap_runs
check "all that offlineimap read was compressed" bash -c '
    timeout 120 offlineimap -o -d imap -c "$0" 2>&1 | grep -a "DEFLATE active"' "$far/rc"
check "three mails are in its Maildir" near_holds 3
flag_near flag-me FS
rm "$(maildir_of drop-me)"
{ head_of written-near && printf '\r\nWritten on the train.\r\n'; } | tr -d '\r' \
    >"$far/mail/INBOX/new/1700000000.1.train"
check "offlineimap pushes" offlineimap_runs
check "offlineimap flagged one" has 1 offlineimap "FLAGGED SEEN SUBJECT flag-me"
check "offlineimap deleted one and filed one" has 3 offlineimap ALL
check "what offlineimap filed has come" has 1 offlineimap "SUBJECT written-near"
check "offlineimap has nothing left to do" bash -c '! grep -E "Copy message|Deleting|Adding flags" <(
    timeout 120 offlineimap -o -c "$0" 2>&1)' "$far/rc"

# ---- mutt and neomutt ------------------------------------------------------------------------

mutt_rc() { # PROGRAM SETTING...
    local program=$1 setting
    shift
    cat <<END
set folder=imaps://localhost:$imaps/ spoolfile=+INBOX record=+Sent postponed=+Drafts
set imap_user=$program@example.org imap_pass=$secret
set certificate_file=$ca ssl_ca_certificates_file=$ca
set header_cache=$work/$program/cache message_cachedir=$work/$program/bodies
set realname=$program from=$program@example.org sendmail=/bin/true tmpdir=$work/$program
set delete=yes quit=yes confirmappend=no move=no mark_old=no wait_key=no sort=date
set editor=true abort_unmodified=no fast_reply=no autoedit=no
END
    for setting in "$@"; do echo "set $setting"; done
}
keys() { # PROGRAM KEYS OPTION...: opens the inbox, types, leaves
    (
        cd "$work/$1" && HOME=$PWD TERM=xterm expect -c "
            set timeout 90
            spawn -noecho $1 -n -F $work/$1/rc ${*:3} -e {push \"$2<quit>\"}
            expect eof {} timeout { exit 11 }
            exit [lindex [wait] 3]"
    )
}
on() { printf '<search>~s %s<enter>' "$1"; } # SUBJECT
for program in mutt neomutt; do
    ready $program read-me flag-me drop-me move-me
    mutt_rc $program >"$work/$program/rc"
    check "$program reads, flags, deletes and moves" keys $program "$(on read-me)<display-message><exit>$(
    )$(on flag-me)<flag-message>$(on drop-me)<delete-message>$(
    )$(on move-me)<save-message><kill-line>+Archive<enter>"
    check "what $program showed is read" has 1 $program "SEEN SUBJECT read-me"
    check "what it flagged is flagged, and unread" has 1 $program "FLAGGED UNSEEN SUBJECT flag-me"
    check "what it deleted and moved is gone" has 2 $program ALL
    check "what it moved is in Archive" has 1 $program "SUBJECT move-me" Archive
    check "$program files what it sends" keys $program \
        "<mail>ann@example.org<enter>filed<enter><send-message>"
    check "the copy is in Sent, read" has 1 $program "SEEN SUBJECT filed" Sent
done
mutt_rc neomutt imap_condstore=yes imap_qresync=yes >"$work/neomutt/rc"
check "neomutt opens with CONDSTORE and QRESYNC" keys neomutt "$(on read-me)<display-message><exit>"
imap neomutt@example.org $secret INBOX -X 'STORE 1 -FLAGS (\Seen)' >/dev/null
imap neomutt@example.org $secret INBOX -X 'STORE 2 +FLAGS (\Deleted)' >/dev/null
imap neomutt@example.org $secret INBOX -X EXPUNGE >/dev/null
deliver neomutt came-later
check "neomutt resynchronises: all that is unread it flags" \
    keys neomutt "<tag-pattern>~N|~O|~U<enter><tag-prefix><flag-message>" -d 2 -l "$work/neomutt/debug"
check "it asked for the changes alone" grep -a 'CHANGEDSINCE .* VANISHED' "$work"/neomutt/debug0
check "it knew of the unread, the new and the vanished one" has 2 neomutt FLAGGED

# ---- imapfilter ------------------------------------------------------------------------------

ready imapfilter flag-me drop-me move-me
cat >"$work/imapfilter/config.lua" <<END
account = IMAP { server = 'localhost', port = $imaps, ssl = 'auto',
    username = 'imapfilter@example.org', password = '$secret' }
account.INBOX:contain_subject('flag-me'):mark_flagged()
account.INBOX:contain_subject('drop-me'):delete_messages()
account.INBOX:contain_subject('move-me'):move_messages(account.Archive)
account.INBOX:is_flagged():add_flags({ 'Sorted' })
END
filter() {
    HOME=$work/imapfilter timeout 60 imapfilter -c "$work/imapfilter/config.lua" -t "$ca" </dev/null
}
check "imapfilter sorts" filter
check "it flagged one and gave it a keyword" has 1 imapfilter "FLAGGED KEYWORD Sorted"
check "it deleted one and moved one" has 1 imapfilter ALL
check "what it moved is in Archive" has 1 imapfilter "SUBJECT move-me" Archive

# ---- getmail ---------------------------------------------------------------------------------

ready getmail fetch-1 fetch-2 fetch-3
cat >"$work/getmail/getmailrc" <<END
[retriever]
type = SimpleIMAPSSLRetriever
server = localhost
port = $imaps
username = getmail@example.org
password = $secret
ca_certs = $ca
mailboxes = ("INBOX",)
move_on_delete = Archive
[destination]
type = MDA_external
path = $work/getmail/mda
allow_root_commands = true
[options]
delete = true
END
# Who ends before getmail has begun to wait for it is waited for until the time is over.
cat >"$work/getmail/mda" <<END
#!/bin/sh
cat >>"$work/getmail/mbox"
while grep -q '^State:.[^S]' /proc/\$PPID/status; do sleep 0.1; done
END
chmod +x "$work/getmail/mda"
bodies() { # PROGRAM COUNT: so many came to its file
    [ "$(grep -c '^The body of ' "$work/$1/mbox")" = "$2" ]
}
check "getmail fetches, and files what it has" timeout 60 getmail --getmaildir "$work/getmail"
check "three came" bodies getmail 3
check "they are in Archive now" has 3 getmail ALL Archive
check "none is left in the inbox" has 0 getmail ALL

# ---- fetchmail -------------------------------------------------------------------------------

ready fetchmail fetch-1 fetch-2
fetchmail_rc() { # OPTION...
    cat <<END
poll localhost service $imaps protocol imap user fetchmail@example.org password $secret
    ssl sslcertck sslcertfile "$ca" mda "cat >>$work/fetchmail/mbox" $*
END
}
fetch() { # RC OPTION...
    FETCHMAILHOME=$work/fetchmail timeout 90 fetchmail -f "$1" --nosyslog --nodetach "${@:2}"
}
fetchmail_rc keep >"$work/fetchmail/keep"
fetchmail_rc nokeep fetchall >"$work/fetchmail/take"
fetchmail_rc keep idle >"$work/fetchmail/wait"
chmod 600 "$work"/fetchmail/*
check "fetchmail fetches and keeps" fetch "$work/fetchmail/keep"
check "both came, and are read on the server" has 2 fetchmail SEEN
fetch "$work/fetchmail/wait" -v >"$work/fetchmail/log" 2>&1 &
waiting=$!
idles() { grep -q 'IMAP> .* IDLE' "$work/fetchmail/log"; }
check "fetchmail waits in IDLE" within 60 idles
deliver fetchmail fetch-3
check "it fetches what comes meanwhile" within 60 bodies fetchmail 3
FETCHMAILHOME=$work/fetchmail fetchmail --quit >"$out" 2>&1
wait $waiting
check "fetchmail takes all away" fetch "$work/fetchmail/take"
check "nothing is left on the server" has 0 fetchmail ALL

# ---- libraries -------------------------------------------------------------------------------

ready imaplib read-me drop-me move-me
check "imaplib appends, reads, flags, searches, copies, moves, expunges" \
    python3 it/imaplib-client.py "$ca" "$imaps" imaplib@example.org $secret
check "what imaplib read is read and flagged" has 1 imaplib "SEEN FLAGGED SUBJECT read-me"
check "what it moved and copied is in Archive" has 2 imaplib ALL Archive
check "what it appended keeps flag, keyword and date" \
    has 1 imaplib "DRAFT KEYWORD Later ON 17-Jul-1996 SUBJECT gr" Drafts
check "what it deleted is gone" has 0 imaplib "SUBJECT drop-me"

ready imapflow read-me move-me
cp it/imapflow/* "$work/imapflow"
check "npm installs imapflow" bash -c 'cd "$0" && npm ci --prefer-offline --no-audit --no-fund' \
    "$work/imapflow"
check "imapflow reads, flags, moves, and hears of a mail while it idles" env NODE_EXTRA_CA_CERTS="$ca" \
    timeout 120 node "$work/imapflow/client.mjs" "$imaps" imapflow@example.org $secret
check "what imapflow read is read and flagged" has 1 imapflow "SEEN FLAGGED SUBJECT read-me"
check "what it moved is in a mailbox it made" has 1 imapflow "SUBJECT move-me" Made/Here

# ---- Thunderbird -----------------------------------------------------------------------------

ready thunderbird keep-me move-me
thunderbird() { # ACT...: one session in which it acts
    timeout 300 xvfb-run -a python3 it/thunderbird.py "$work/thunderbird/profile" "$ca" "$imaps" \
        thunderbird@example.org $secret "$@"
}
check "Thunderbird fetches two mails, shows one and moves it" thunderbird move-me Archive
check "what it showed and moved is in Archive, read" has 1 thunderbird "SEEN SUBJECT move-me" Archive
check "what it did not show is in the inbox, unread" has 1 thunderbird "UNSEEN SUBJECT keep-me"
check "none is there twice" has 1 thunderbird ALL
check "Thunderbird's own store has both" bash -c 'cd "$0/profile/ImapMail/localhost" &&
    grep -q "^The body of keep-me" INBOX && grep -q "^The body of move-me" Archive' "$work/thunderbird"

check "SIGTERM stops the server" stop_server
sum
