# Sourced by beside-dovecot.sh: Dovecot (sdbox) and, for submission, Postfix that hands over by LMTP, tuned for many
# connections, durable, on 127.0.0.1 alone. Needs $work, $cert, $key, $domain, $password, $users, $load.

install_peers() {
    local need=() package
    for package in dovecot-imapd dovecot-pop3d dovecot-lmtpd postfix libssl-dev gcc; do
        dpkg -s "$package" >/dev/null 2>&1 || need+=("$package")
    done
    [ ${#need[@]} -gt 0 ] || return 0
    # None of them may start by itself.
    printf '#!/bin/sh\nexit 101\n' >"$work/no-daemons"
    [ -e /usr/sbin/policy-rc.d ] || install -m 755 "$work/no-daemons" /usr/sbin/policy-rc.d
    echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${need[@]}" >/dev/null
}

# An inotify instance for each session that waits in IDLE, or Dovecot could not tell of changes.
allow_watches() {
    local now
    now=$(cat /proc/sys/fs/inotify/max_user_instances)
    [ "$now" -ge 20000 ] || echo 20000 >/proc/sys/fs/inotify/max_user_instances
    [ "$(cat /proc/sys/fs/inotify/max_user_watches)" -ge 1048576 ] \
        || echo 1048576 >/proc/sys/fs/inotify/max_user_watches
}

start_dovecot() { # IMAPS-PORT POP3S-PORT: the root of its processes in $dovecot
    local d=$work/dovecot
    getent passwd vmail >/dev/null \
        || useradd --system --no-create-home --shell /usr/sbin/nologin -U vmail
    mkdir -p "$d/mail" "$d/run" "$d/state"
    chmod 755 "$work" "$d"
    chown vmail:vmail "$d/mail"
    local hash
    hash=$(doveadm pw -s SSHA512 -p "$password")
    for i in $(seq "$users"); do echo "user$i@$domain:$hash"; done >"$d/passwd"
    cat >"$d/dovecot.conf" <<END
instance_name = beside
base_dir = $d/run
state_dir = $d/state
log_path = $d/dovecot.log
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <$cert
ssl_key = <$key
ssl_min_protocol = TLSv1.2
ssl_prefer_server_ciphers = no
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_cache_size = 64M
auth_cache_ttl = 1 hour
passdb {
  driver = passwd-file
  args = username_format=%u $d/passwd
}
userdb {
  driver = static
  args = uid=vmail gid=vmail home=$d/mail/%u
}
mail_location = sdbox:~/sdbox
mail_fsync = optimized
first_valid_uid = 100
mail_max_userip_connections = 20000
default_process_limit = 1000
default_client_limit = 19000
default_vsz_limit = 1G
# Login processes serve many connections each, mail processes are used again, idle sessions hibernate.
service imap-login {
  service_count = 0
  client_limit = 12000
  process_min_avail = 2
  process_limit = 2
  vsz_limit = 2G
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = $1
    ssl = yes
  }
}
service pop3-login {
  service_count = 0
  client_limit = 12000
  process_min_avail = 2
  process_limit = 2
  vsz_limit = 2G
  inet_listener pop3 {
    port = 0
  }
  inet_listener pop3s {
    port = $2
    ssl = yes
  }
}
service imap {
  service_count = 1000
  idle_kill = 3s
  process_limit = 6500
  process_min_avail = 16
  vsz_limit = 2G
  unix_listener imap-master {
    user = \$default_internal_user
  }
}
service imap-hibernate {
  client_limit = 12000
  unix_listener imap-hibernate {
    mode = 0666
  }
}
service pop3 {
  service_count = 1000
  process_limit = 6500
  process_min_avail = 16
}
imap_hibernate_timeout = 3s
service auth {
  client_limit = 19000
  unix_listener auth-postfix {
    mode = 0666
  }
}
service anvil {
  client_limit = 19000
}
service lmtp {
  process_min_avail = 8
  process_limit = 64
  service_count = 0
  unix_listener lmtp {
    mode = 0666
  }
}
service stats {
  client_limit = 19000
  unix_listener stats-writer {
    mode = 0666
  }
}
protocol lmtp {
  postmaster_address = postmaster@$domain
}
END
    rm -f "$d/pid"
    "$load" reap "$d/pid" dovecot -F -c "$d/dovecot.conf"
    dovecot=$(cat "$d/pid")
}

start_postfix() { # SMTPS-PORT: the root of its processes in $postfix
    local p=$work/postfix
    mkdir -p "$p/conf" "$p/spool" "$p/data"
    chown postfix "$p/data"
    chmod 755 "$p" "$p/spool"
    for i in $(seq "$users"); do echo "user$i@$domain OK"; done >"$p/conf/vmailbox"
    cat >"$p/conf/main.cf" <<END
compatibility_level = 3.6
queue_directory = $p/spool
data_directory = $p/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
mail_owner = postfix
setgid_group = postdrop
maillog_file = $p/maillog
maillog_file_prefixes = $work, /var
myhostname = mail.$domain
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
local_transport = error:no local
virtual_mailbox_domains = $domain
virtual_mailbox_maps = hash:$p/conf/vmailbox
virtual_transport = lmtp:unix:$work/dovecot/run/lmtp
lmtp_destination_concurrency_limit = 32
lmtp_destination_recipient_limit = 50
initial_destination_concurrency = 16
default_process_limit = 200
in_flow_delay = 0
qmgr_message_active_limit = 50000
smtpd_client_connection_count_limit = 0
smtpd_sasl_type = dovecot
smtpd_sasl_path = $work/dovecot/run/auth-postfix
smtpd_tls_cert_file = $cert
smtpd_tls_key_file = $key
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_session_cache_database = btree:\$data_directory/smtpd_scache
smtpd_tls_loglevel = 0
message_size_limit = 52428800
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
END
    cat >"$p/conf/master.cf" <<END
127.0.0.1:$1 inet n - n - 200 smtpd
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - 32 lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
END
    postmap -c "$p/conf" "hash:$p/conf/vmailbox"
    postfix -c "$p/conf" post-install create-missing >/dev/null 2>&1 || true
    rm -f "$p/pid"
    "$load" reap "$p/pid" postfix -c "$p/conf" start-fg
    postfix=$(cat "$p/pid")
}

end_tree() { # PID: it and all below it
    local all=$1 level=$1 next pid
    while [ -n "$level" ]; do
        next=
        for pid in $level; do
            next="$next $(cat /proc/"$pid"/task/*/children 2>/dev/null || true)"
        done
        next=$(echo $next)
        all="$all $next"
        level=$next
    done
    for pid in $all; do kill "$pid" 2>/dev/null || true; done
    for _ in $(seq 50); do
        local left=
        for pid in $all; do kill -0 "$pid" 2>/dev/null && left=1; done
        [ -z "$left" ] && return
        sleep 0.1
    done
    for pid in $all; do kill -9 "$pid" 2>/dev/null || true; done
}
