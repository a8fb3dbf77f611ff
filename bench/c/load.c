/*
 * Sends load to a UDP echo server on loopback and prints the results as one line of name=value.
 *
 *     load closed PORT SIZE WINDOW SOCKETS WARMUP SECONDS    WINDOW requests in flight, over SOCKETS sockets
 *     load open PORT SIZE RATE SECONDS                       RATE requests a second, independent of replies
 *     load start PORT COMMAND...                             milliseconds from starting COMMAND to its first echo
 *     load time COMMAND...                                   milliseconds that COMMAND takes, its output discarded
 *
 * A reply counts if it is identical to the request in flight in its place. A request without a reply after 200 ms counts
 * as lost and is replaced by a new one. Exits with 0; with 1 if no reply or a damaged one was received or the command
 * failed; with 2 for wrong use.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_REQUESTS 4096
#define MOST_SOCKETS 64
#define AT_ONCE 64
#define SAMPLES (4u << 20)
#define LOST_AFTER 200000000LL /* ns */
#define LARGEST 65507

extern char **environ;

/* The first eight bytes of each request: its place, and the number of uses of that place. */
struct label {
    uint32_t place;
    uint32_t use;
};

struct request {
    char *bytes;
    int64_t sent_at;
    int socket;
    int in_flight;
};

static struct request requests[MOST_REQUESTS];
static int sockets[MOST_SOCKETS];
static int size = 64;
static int window = 1;
static int socket_count = 1;
static char *inbox; /* AT_ONCE packets, each with room to detect a reply that is too long */
static size_t inbox_step;
static struct mmsghdr incoming[AT_ONCE];
static struct iovec incoming_piece[AT_ONCE];
static struct mmsghdr outgoing[AT_ONCE];
static struct iovec outgoing_piece[AT_ONCE];
static uint32_t *samples;
static uint64_t sent, answered, lost, late, damaged;

static void fail(const char *what) {
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int connected_socket(int port) {
    struct sockaddr_in there;
    struct timeval timeout = {0, 20000}; /* how long a receive waits until the next check for lost requests */
    int buffer = 4 * 1024 * 1024;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) fail("socket");
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
    memset(&there, 0, sizeof there);
    there.sin_family = AF_INET;
    there.sin_port = htons((unsigned short)port);
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&there, sizeof there) < 0) fail("connect");
    return fd;
}

static void prepare(int port) {
    uint32_t noise = 2463534242u;
    char *bytes = malloc((size_t)window * (size_t)size);
    inbox_step = (size_t)size + 16;
    inbox = malloc(AT_ONCE * inbox_step);
    if (!bytes || !inbox) fail("malloc");
    for (int i = 0; i < window; i++) {
        requests[i].bytes = bytes + (size_t)i * (size_t)size;
        requests[i].socket = i % socket_count;
        for (int k = 0; k < size; k++) {
            noise ^= noise << 13;
            noise ^= noise >> 17;
            noise ^= noise << 5;
            requests[i].bytes[k] = (char)noise;
        }
        struct label first = {(uint32_t)i, 0};
        memcpy(requests[i].bytes, &first, sizeof first);
    }
    for (int i = 0; i < AT_ONCE; i++) {
        incoming_piece[i].iov_base = inbox + (size_t)i * inbox_step;
        incoming_piece[i].iov_len = inbox_step;
        incoming[i].msg_hdr.msg_iov = &incoming_piece[i];
        incoming[i].msg_hdr.msg_iovlen = 1;
        outgoing_piece[i].iov_len = (size_t)size;
        outgoing[i].msg_hdr.msg_iov = &outgoing_piece[i];
        outgoing[i].msg_hdr.msg_iovlen = 1;
    }
    for (int i = 0; i < socket_count; i++) sockets[i] = connected_socket(port);
}

/* Errors that are ignored: while no server listens yet, the system reports that at the next call. */
static int is_harmless(int error) {
    return error == ECONNREFUSED || error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == ENOBUFS;
}

/* Sends the first count of `outgoing`. Requests that the system rejects count as lost later. */
static void send_out(int fd, int count) {
    if (count == 1) {
        if (send(fd, outgoing_piece[0].iov_base, outgoing_piece[0].iov_len, 0) < 0 && !is_harmless(errno)) fail("send");
        return;
    }
    for (int done = 0; done < count;) {
        int some = sendmmsg(fd, outgoing + done, (unsigned)(count - done), 0);
        if (some <= 0) {
            if (!is_harmless(errno)) fail("sendmmsg");
            return;
        }
        done += some;
    }
}

static int receive(int fd, int most, int flags) {
    if (most == 1) {
        ssize_t length = recv(fd, inbox, inbox_step, flags & MSG_DONTWAIT);
        if (length < 0 && !is_harmless(errno)) fail("recv");
        incoming[0].msg_len = (unsigned)(length < 0 ? 0 : length);
        return length >= 0;
    }
    int count = recvmmsg(fd, incoming, (unsigned)most, flags, NULL);
    if (count < 0 && !is_harmless(errno)) fail("recvmmsg");
    return count < 0 ? 0 : count;
}

/* Sends each of these requests, which belong to one socket, with a new number. */
static void send_requests(const int *places, int count, int64_t time) {
    for (int i = 0; i < count; i++) {
        struct request *r = &requests[places[i]];
        struct label label;
        memcpy(&label, r->bytes, sizeof label);
        label.use++;
        memcpy(r->bytes, &label, sizeof label);
        r->sent_at = time;
        r->in_flight = 1;
        outgoing_piece[i].iov_base = r->bytes;
    }
    sent += (uint64_t)count;
    send_out(sockets[requests[places[0]].socket], count);
}

/* Checks one reply; returns its place if that is free now, otherwise -1. */
static int check_reply(int index, int socket, int64_t time) {
    const char *bytes = incoming_piece[index].iov_base;
    struct label label, expected;
    struct request *r;
    if (incoming[index].msg_len != (unsigned)size) {
        damaged++;
        return -1;
    }
    memcpy(&label, bytes, sizeof label);
    if (label.place >= (uint32_t)window || requests[label.place].socket != socket) {
        damaged++;
        return -1;
    }
    r = &requests[label.place];
    memcpy(&expected, r->bytes, sizeof expected);
    if (!r->in_flight || label.use != expected.use) {
        late++; /* for a request that counts as lost, or a second copy */
        return -1;
    }
    if (memcmp(bytes, r->bytes, (size_t)size) != 0) {
        damaged++;
        return -1;
    }
    r->in_flight = 0;
    samples[answered++ % SAMPLES] = (uint32_t)(time - r->sent_at);
    return (int)label.place;
}

static void exchange(int socket) {
    int flags = socket_count > 1 ? MSG_DONTWAIT : MSG_WAITFORONE;
    int count = receive(sockets[socket], window == 1 ? 1 : AT_ONCE, flags);
    int64_t time = count ? now() : 0;
    int freed[AT_ONCE], free_count = 0;
    for (int i = 0; i < count; i++) {
        int place = check_reply(i, socket, time);
        if (place >= 0) freed[free_count++] = place;
    }
    if (free_count) send_requests(freed, free_count, time);
}

static void replace_lost(int64_t time) {
    for (int i = 0; i < window; i++) {
        if (time - requests[i].sent_at > LOST_AFTER) {
            lost++;
            send_requests(&i, 1, time);
        }
    }
}

static int by_size(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static double microseconds(double part, uint64_t count) {
    return count ? samples[(uint64_t)(part * (double)(count - 1))] / 1000.0 : 0;
}

static int closed(double warmup, double seconds) {
    struct pollfd waiting[MOST_SOCKETS];
    int64_t began = now(), measured_from = 0, next_look = began, time = began;
    samples = malloc(SAMPLES * sizeof *samples);
    if (!samples) fail("malloc");
    memset(samples, 0, SAMPLES * sizeof *samples); /* so that no page fault happens while measuring */
    for (int i = 0; i < socket_count; i++) waiting[i] = (struct pollfd){sockets[i], POLLIN, 0};
    for (int i = 0; i < window; i++) send_requests(&i, 1, now());
    for (;;) {
        if (socket_count == 1) {
            exchange(0);
        } else if (poll(waiting, (nfds_t)socket_count, 20) > 0) {
            for (int i = 0; i < socket_count; i++)
                if (waiting[i].revents) exchange(i);
        }
        time = now();
        if (!measured_from && time - began >= (int64_t)(warmup * 1e9)) {
            sent = answered = lost = late = damaged = 0;
            measured_from = time;
        }
        if (measured_from && time - measured_from >= (int64_t)(seconds * 1e9)) break;
        if (time >= next_look) {
            replace_lost(time);
            next_look = time + LOST_AFTER / 10;
        }
    }
    uint64_t count = answered < SAMPLES ? answered : SAMPLES;
    qsort(samples, count, sizeof *samples, by_size);
    printf("per_s=%.1f answered=%llu sent=%llu lost=%llu late=%llu damaged=%llu p50_us=%.2f p99_us=%.2f max_us=%.2f\n",
           (double)answered * 1e9 / (double)(time - measured_from), (unsigned long long)answered,
           (unsigned long long)sent, (unsigned long long)lost, (unsigned long long)late, (unsigned long long)damaged,
           microseconds(.5, count), microseconds(.99, count), microseconds(1, count));
    return answered == 0 || damaged ? 1 : 0;
}

/* Each request has its own number; one bit for each records whether its reply was received. */
static int open_loop(double rate, double seconds) {
    uint64_t total = (uint64_t)(rate * seconds);
    unsigned char *back = calloc(total / 8 + 1, 1);
    int64_t began = now(), time = began, end = 0;
    if (!back) fail("calloc");
    while (sent < total || time < end) {
        uint64_t due = (uint64_t)((double)(time - began) * rate / 1e9);
        int count = 0, got;
        if (due > total) due = total;
        while (sent < due && count < AT_ONCE) {
            struct label label = {(uint32_t)count, (uint32_t)sent++};
            memcpy(requests[count].bytes, &label, sizeof label);
            outgoing_piece[count].iov_base = requests[count].bytes;
            count++;
        }
        if (count) send_out(sockets[0], count);
        if (count && sent == total) end = now() + LOST_AFTER;
        got = receive(sockets[0], AT_ONCE, MSG_DONTWAIT);
        for (int i = 0; i < got; i++) {
            const char *bytes = incoming_piece[i].iov_base;
            struct label label;
            memcpy(&label, bytes, sizeof label);
            if (incoming[i].msg_len != (unsigned)size || label.use >= sent || label.place >= (uint32_t)window
                || memcmp(bytes + sizeof label, requests[label.place].bytes + sizeof label,
                          (size_t)size - sizeof label) != 0)
                damaged++;
            else if (back[label.use / 8] & 1 << label.use % 8)
                late++;
            else {
                back[label.use / 8] |= (unsigned char)(1 << label.use % 8);
                answered++;
            }
        }
        time = now();
    }
    printf("sent=%llu answered=%llu lost=%llu late=%llu damaged=%llu\n", (unsigned long long)sent,
           (unsigned long long)answered, (unsigned long long)(sent - answered), (unsigned long long)late,
           (unsigned long long)damaged);
    return answered == 0 || damaged ? 1 : 0;
}

static pid_t start(char **command) {
    posix_spawn_file_actions_t actions;
    pid_t pid;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    errno = posix_spawnp(&pid, command[0], &actions, NULL, command, environ);
    if (errno) fail(command[0]);
    return pid;
}

static int first_echo(char **command) {
    int place = 0, status, came = 0;
    int64_t began = now(), time = began;
    pid_t pid = start(command);
    int64_t timeout = 60000000000LL;
    while (!came && time - began < timeout && waitpid(pid, &status, WNOHANG) == 0) {
        send_requests(&place, 1, time);
        came = receive(sockets[0], 1, MSG_DONTWAIT) && incoming[0].msg_len == (unsigned)size;
        if (!came) usleep(250);
        time = now();
    }
    kill(pid, SIGTERM);
    waitpid(pid, &status, 0);
    printf("ms=%.2f ok=%d\n", (double)(time - began) / 1e6, came);
    return !came;
}

static int whole_process(char **command) {
    int status;
    int64_t began = now();
    pid_t pid = start(command);
    if (waitpid(pid, &status, 0) < 0) fail("waitpid");
    printf("ms=%.2f ok=%d\n", (double)(now() - began) / 1e6, status == 0);
    return status != 0;
}

static int wrong_use(void) {
    fprintf(stderr, "usage: load closed PORT SIZE WINDOW SOCKETS WARMUP SECONDS\n"
                    "       load open PORT SIZE RATE SECONDS\n"
                    "       load start PORT COMMAND...\n"
                    "       load time COMMAND...\n");
    return 2;
}

int main(int argc, char **argv) {
    if (argc >= 3 && strcmp(argv[1], "time") == 0) return whole_process(argv + 2);
    if (argc >= 4 && strcmp(argv[1], "start") == 0) {
        prepare(atoi(argv[2]));
        return first_echo(argv + 3);
    }
    if (argc == 8 && strcmp(argv[1], "closed") == 0) {
        size = atoi(argv[3]);
        window = atoi(argv[4]);
        socket_count = atoi(argv[5]);
        if (size < 8 || size > LARGEST || window < 1 || window > MOST_REQUESTS || socket_count < 1
            || socket_count > MOST_SOCKETS || socket_count > window)
            return wrong_use();
        prepare(atoi(argv[2]));
        return closed(atof(argv[6]), atof(argv[7]));
    }
    if (argc == 6 && strcmp(argv[1], "open") == 0) {
        size = atoi(argv[3]);
        window = AT_ONCE;
        if (size < 8 || size > LARGEST || atof(argv[4]) <= 0 || atof(argv[5]) <= 0) return wrong_use();
        prepare(atoi(argv[2]));
        return open_loop(atof(argv[4]), atof(argv[5]));
    }
    return wrong_use();
}
