// floor - the least that a submission server can do: TLS, canned answers, one write and fdatasync a mail, over zeros
// that were written before, so that a sync has no length to record.
// What it reaches with one client at a time is the most that any server reaches on this machine under this load.
// build: gcc -O2 -o floor floor.c -lssl -lcrypto     run: floor PORT CERT KEY FILE
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 64 << 20 }; // octets of the file: behind its end the mails begin again at its start

static char in[1 << 16], out[1 << 12], zeros[1 << 20];
static size_t have, said;
static off_t place;

static void keep(int file, const char *mail, size_t n) {
  if (place + (off_t)n > ROOM) place = 0;
  if (pwrite(file, mail, n, place) != (ssize_t)n || fdatasync(file)) err(1, "mail");
  place += (off_t)n;
}

static void say(const char *text) { size_t n = strlen(text); memcpy(out + said, text, n); said += n; }

static int more(SSL *tls) { // sends what was said, then reads
  if (said && SSL_write(tls, out, (int)said) <= 0) return 0;
  said = 0;
  int n = SSL_read(tls, in + have, (int)(sizeof in - 1 - have));
  if (n <= 0) return 0;
  have += (size_t)n;
  in[have] = 0;
  return 1;
}

static void drop(size_t n) { memmove(in, in + n, have - n + 1); have -= n; }

static void session(SSL *tls, int file) {
  have = said = 0;
  in[0] = 0;
  say("220 localhost ESMTP\r\n");
  for (;;) {
    char *end;
    while (!(end = strstr(in, "\r\n"))) if (!more(tls)) return;
    size_t line = (size_t)(end - in) + 2;
    if (!strncasecmp(in, "EHLO", 4)) say("250-localhost\r\n250-PIPELINING\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 52428800\r\n");
    else if (!strncasecmp(in, "AUTH", 4)) say("235 2.7.0 ok\r\n");
    else if (!strncasecmp(in, "DATA", 4)) {
      say("354 go on\r\n");
      drop(line);
      while (!(end = strstr(in, "\r\n.\r\n"))) if (!more(tls)) return;
      line = (size_t)(end - in) + 5;
      keep(file, in, line);
      say("250 2.0.0 ok\r\n");
    } else if (!strncasecmp(in, "QUIT", 4)) {
      say("221 2.0.0 bye\r\n");
      SSL_write(tls, out, (int)said);
      SSL_shutdown(tls);
      return;
    } else say("250 2.0.0 ok\r\n");
    drop(line);
  }
}

int main(int argc, char **argv) {
  if (argc != 5) errx(2, "usage: floor PORT CERT KEY FILE");
  signal(SIGPIPE, SIG_IGN);
  SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
  if (SSL_CTX_use_certificate_chain_file(tls, argv[2]) != 1 || SSL_CTX_use_PrivateKey_file(tls, argv[3], SSL_FILETYPE_PEM) != 1) errx(1, "certificate");
  SSL_CTX_set_num_tickets(tls, 1);
  int file = open(argv[4], O_WRONLY | O_CREAT, 0600), listening = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (file < 0 || bind(listening, (void *)&at, sizeof at) || listen(listening, 1024)) err(1, "start");
  for (off_t ahead = 0; ahead < ROOM; ahead += (off_t)sizeof zeros)
    if (pwrite(file, zeros, sizeof zeros, ahead) != (ssize_t)sizeof zeros) err(1, "zeros");
  if (fsync(file)) err(1, "zeros");
  for (;;) {
    int client = accept(listening, 0, 0);
    if (client < 0) continue;
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    SSL *s = SSL_new(tls);
    SSL_set_fd(s, client);
    if (SSL_accept(s) == 1) session(s, file);
    SSL_free(s);
    close(client);
  }
}
