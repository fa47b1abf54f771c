/* Load for a TLS endpoint that answers one small request (see answer() below), and such an endpoint
 * in plain TCP, for tunnels to stand in front of. Prints one line of JSON per measurement.
 *
 *   tlsload plain PORT                          serve the requests in plain TCP on 127.0.0.1
 *   tlsload MODE PORT PIDS [SECONDS] [THREADS]  measure; PIDS are the server's processes, with commas
 *
 * MODE: full    connect, full TLS 1.3 handshake, two bytes there and back, close
 *       resume  the same with the session of the connection before
 *       down    a connection per thread asks for 64 MiB at a time
 *       up      a connection per thread sends 64 MiB at a time
 *       idle    SECONDS is a count of connections here: opens and uses them, and prints the growth
 *               of the server's memory (PSS) per connection while they stay open
 *
 * The server's CPU time is utime + stime of its processes, all threads: what repeats where others
 * use the machine too. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ECHO = 'e', DOWN = 'd', UP = 'u', REQUEST = 2, BUFFER = 64 * 1024 };
static const long BULK = 64L << 20;

static int port, resume;
static char request = ECHO;
static char *pids;
static volatile int stop;
static SSL_CTX *tls;

static void die(const char *what) {
    perror(what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

/* ---- the plain endpoint ---- */

static int all(int fd, char *buffer, long length, int send_it) {
    while (length > 0) {
        long part = length < BUFFER ? length : BUFFER;
        long done = send_it ? send(fd, buffer, part, MSG_NOSIGNAL) : recv(fd, buffer, part, 0);
        if (done <= 0) return 0;
        length -= done;
    }
    return 1;
}

/* Two bytes of request: 'e' and any: both come back. 'd' and any: 64 MiB come back. 'u' and any, then
 * 64 MiB: the two bytes come back. */
static void *answer(void *arg) {
    int fd = (int)(intptr_t)arg, one = 1;
    char asked[REQUEST], *buffer = calloc(1, BUFFER);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    while (recv(fd, asked, REQUEST, MSG_WAITALL) == REQUEST) {
        if (asked[0] == DOWN && !all(fd, buffer, BULK, 1)) break;
        if (asked[0] == UP && !all(fd, buffer, BULK, 0)) break;
        if (asked[0] != DOWN && send(fd, asked, REQUEST, MSG_NOSIGNAL) != REQUEST) break;
    }
    free(buffer);
    close(fd);
    return NULL;
}

static void start(pthread_t *thread, void *(*run)(void *), void *arg) {
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 256 * 1024);
    if (pthread_create(thread, &small, run, arg)) die("thread");
}

static struct sockaddr_in address(void) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

static void serve_plain(void) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in a = address();
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, (void *)&a, sizeof a) || listen(fd, 4096)) die("listen");
    for (;;) {
        int next = accept(fd, NULL, NULL);
        pthread_t thread;
        if (next < 0) continue;
        start(&thread, answer, (void *)(intptr_t)next);
        pthread_detach(thread);
    }
}

/* ---- the server's figures ---- */

static double cpu(void) {
    double ticks = 0;
    char *list = strdup(pids), *save = NULL;
    for (char *pid = strtok_r(list, ",", &save); pid; pid = strtok_r(NULL, ",", &save)) {
        char path[64], line[1024];
        unsigned long user, system;
        snprintf(path, sizeof path, "/proc/%s/stat", pid);
        FILE *f = fopen(path, "r");
        if (!f || !fgets(line, sizeof line, f)) die(path);
        fclose(f);
        char *rest = strrchr(line, ')');
        if (!rest || sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2)
            die(path);
        ticks += user + system;
    }
    free(list);
    return ticks / sysconf(_SC_CLK_TCK);
}

static long pss_kib(void) {
    long sum = 0;
    char *list = strdup(pids), *save = NULL;
    for (char *pid = strtok_r(list, ",", &save); pid; pid = strtok_r(NULL, ",", &save)) {
        char path[64], line[256];
        long kib;
        snprintf(path, sizeof path, "/proc/%s/smaps_rollup", pid);
        FILE *f = fopen(path, "r");
        if (!f) die(path);
        while (fgets(line, sizeof line, f))
            if (sscanf(line, "Pss: %ld", &kib) == 1) sum += kib;
        fclose(f);
    }
    free(list);
    return sum;
}

/* ---- the client ---- */

struct worker {
    pthread_t thread;
    SSL_SESSION *session;
    long operations, resumed, bytes;
    char *buffer;
};

static int session_index;

static int keep(SSL *ssl, SSL_SESSION *session) {
    struct worker *w = SSL_get_ex_data(ssl, session_index);
    if (!w) return 0;
    if (w->session) SSL_SESSION_free(w->session);
    w->session = session;
    return 1;
}

static SSL *dial(struct worker *w) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in a = address();
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (void *)&a, sizeof a)) die("connect");
    SSL *ssl = SSL_new(tls);
    SSL_set_fd(ssl, fd);
    SSL_set_ex_data(ssl, session_index, w);
    if (resume && w->session) SSL_set_session(ssl, w->session);
    if (SSL_connect(ssl) != 1) die("handshake");
    return ssl;
}

static void ask(SSL *ssl, struct worker *w) {
    char two[REQUEST] = {request, '\n'};
    if (SSL_write(ssl, two, REQUEST) != REQUEST) die("write");
    long sent = 0, got = 0, expected = request == DOWN ? BULK : REQUEST;
    while (request == UP && sent < BULK) {
        int some = SSL_write(ssl, w->buffer, BUFFER);
        if (some <= 0) die("write");
        sent += some;
        w->bytes += some;
    }
    while (got < expected) {
        int some = SSL_read(ssl, w->buffer, BUFFER);
        if (some <= 0) die("read");
        got += some;
        if (request == DOWN) w->bytes += some;
    }
}

static void hang_up(SSL *ssl) {
    int fd = SSL_get_fd(ssl);
    SSL_shutdown(ssl);
    SSL_free(ssl);
    close(fd);
}

static void *work(void *arg) {
    struct worker *w = arg;
    SSL *ssl = NULL;
    w->buffer = calloc(1, BUFFER);
    if (resume) { /* a first one to have a session; its tickets come with the answer */
        ssl = dial(w);
        ask(ssl, w);
        hang_up(ssl);
    }
    ssl = request == ECHO ? NULL : dial(w);
    while (!stop) {
        if (request == ECHO) ssl = dial(w);
        ask(ssl, w);
        w->operations++;
        w->resumed += SSL_session_reused(ssl);
        if (request == ECHO) hang_up(ssl);
    }
    return NULL;
}

static void measure(const char *mode, double seconds, int threads) {
    struct worker *all = calloc(threads, sizeof *all);
    for (int i = 0; i < threads; i++) start(&all[i].thread, work, &all[i]);
    usleep(seconds * 1e6 / 4); /* the first quarter warms up */
    long operations = 0, resumed = 0, bytes = 0;
    for (int i = 0; i < threads; i++)
        operations -= all[i].operations, resumed -= all[i].resumed, bytes -= all[i].bytes;
    double began = now(), cpu_began = cpu();
    usleep(seconds * 1e6);
    for (int i = 0; i < threads; i++)
        operations += all[i].operations, resumed += all[i].resumed, bytes += all[i].bytes;
    double took = now() - began, used = cpu() - cpu_began;
    stop = 1;
    printf("{\"mode\":\"%s\",\"operations\":%ld,\"resumed\":%ld,\"per_second\":%.1f,\"cpu_ms\":%.4f,"
           "\"mb_per_second\":%.1f,\"mb_per_cpu_second\":%.1f}\n",
           mode, operations, resumed, operations / took, operations ? used * 1e3 / operations : 0, bytes / took / 1e6,
           used > 0 ? bytes / used / 1e6 : 0);
    fflush(stdout);
    _exit(0);
}

static void idle(int count) {
    struct worker one = {.buffer = calloc(1, BUFFER)};
    struct rlimit files = {count + 64, count + 64};
    setrlimit(RLIMIT_NOFILE, &files);
    for (int i = 0; i < 500; i++) { /* what the first connections make once */
        SSL *ssl = dial(&one);
        ask(ssl, &one);
        hang_up(ssl);
    }
    system(getenv("BEFORE_PSS") ? getenv("BEFORE_PSS") : "true");
    long before = pss_kib();
    for (int i = 0; i < count; i++) ask(dial(&one), &one);
    system(getenv("BEFORE_PSS") ? getenv("BEFORE_PSS") : "true");
    long after = pss_kib();
    printf("{\"mode\":\"idle\",\"connections\":%d,\"pss_before_kib\":%ld,\"pss_after_kib\":%ld,"
           "\"kib_per_connection\":%.2f}\n",
           count, before, after, (double)(after - before) / count);
}

int main(int count, char **word) {
    signal(SIGPIPE, SIG_IGN);
    if (count >= 3) port = atoi(word[2]);
    if (count == 3 && !strcmp(word[1], "plain")) serve_plain();
    if (count < 4) {
        fprintf(stderr, "tlsload plain PORT | tlsload full|resume|down|up|idle PORT PIDS [SECONDS|COUNT] [THREADS]\n");
        return 2;
    }
    pids = word[3];
    tls = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION);
    SSL_CTX_set_ciphersuites(tls, "TLS_AES_128_GCM_SHA256");
    SSL_CTX_set1_groups_list(tls, "X25519");
    SSL_CTX_set_session_cache_mode(tls, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(tls, keep);
    session_index = SSL_get_ex_new_index(0, NULL, NULL, NULL, NULL);
    double amount = count > 4 ? atof(word[4]) : 8;
    if (!strcmp(word[1], "idle")) return idle((int)amount), 0;
    resume = !strcmp(word[1], "resume");
    if (!strcmp(word[1], "down")) request = DOWN;
    if (!strcmp(word[1], "up")) request = UP;
    measure(word[1], amount, count > 5 ? atoi(word[5]) : 8);
}
