/*
 * A UDP echo server on loopback in C, to measure its cost. `gso` is the limit for rates, `spin` the limit for round trips.
 *
 *     echo block PORT    a blocking recvfrom and a sendto for each packet
 *     echo mmsg PORT     recvmmsg and sendmmsg, up to 64 packets at a time
 *     echo gso PORT      as mmsg, but replies of one length to one client are sent in one call, with
 *                        segmentation offload (GSO, UDP_SEGMENT)
 *     echo spin PORT     as block, but polls instead of sleeping: uses a whole core
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define PACKET 65536
#define MANY 64
#define LARGEST_PAYLOAD 65507

static int bound_socket(int port) {
    int receive_buffer = 8 * 1024 * 1024;
    struct sockaddr_in here;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        perror("echo: socket");
        exit(1);
    }
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    memset(&here, 0, sizeof here);
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    here.sin_port = htons((unsigned short)port);
    if (bind(fd, (struct sockaddr *)&here, sizeof here) < 0) {
        perror("echo: bind");
        exit(1);
    }
    return fd;
}

static void one_by_one(int fd, int flags) {
    static char packet[PACKET];
    struct sockaddr_in peer;
    for (;;) {
        socklen_t peer_length = sizeof peer;
        ssize_t length = recvfrom(fd, packet, sizeof packet, flags, (struct sockaddr *)&peer, &peer_length);
        if (length >= 0)
            sendto(fd, packet, (size_t)length, 0, (struct sockaddr *)&peer, peer_length);
    }
}

static char packets[MANY][PACKET];
static struct sockaddr_in peers[MANY];
static struct iovec pieces[MANY];
static struct mmsghdr messages[MANY];

static void send_each(int fd, int count) {
    int sent = 0;
    while (sent < count) {
        int now = sendmmsg(fd, messages + sent, (unsigned)(count - sent), 0);
        sent += now > 0 ? now : 1; /* if a client has ended, only its own packet is lost */
    }
}

/* Returns how many replies, starting with this one, go to the same client and have the same length. */
static int segment_count(int first, int count) {
    size_t length = pieces[first].iov_len, total = length;
    int end = first + 1;
    while (length > 0 && end < count && pieces[end].iov_len == length && total + length <= LARGEST_PAYLOAD
           && peers[end].sin_port == peers[first].sin_port
           && peers[end].sin_addr.s_addr == peers[first].sin_addr.s_addr) {
        total += length;
        end++;
    }
    return end - first;
}

static void send_segmented(int fd, int count) {
    static union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(uint16_t))];
    } control;
    for (int first = 0, segments; first < count; first += segments) {
        struct msghdr message = messages[first].msg_hdr;
        segments = segment_count(first, count);
        message.msg_iovlen = (size_t)segments;
        if (segments > 1) {
            uint16_t segment_size = (uint16_t)pieces[first].iov_len;
            control.header.cmsg_level = SOL_UDP;
            control.header.cmsg_type = UDP_SEGMENT;
            control.header.cmsg_len = CMSG_LEN(sizeof segment_size);
            memcpy(CMSG_DATA(&control.header), &segment_size, sizeof segment_size);
            message.msg_control = &control;
            message.msg_controllen = sizeof control;
        }
        sendmsg(fd, &message, 0);
    }
}

static void many_at_once(int fd, void (*send_all)(int, int)) {
    for (int i = 0; i < MANY; i++) {
        pieces[i].iov_base = packets[i];
        messages[i].msg_hdr.msg_iov = &pieces[i];
        messages[i].msg_hdr.msg_iovlen = 1;
        messages[i].msg_hdr.msg_name = &peers[i];
    }
    for (;;) {
        int received;
        for (int i = 0; i < MANY; i++) { /* the last call has overwritten the lengths */
            pieces[i].iov_len = PACKET;
            messages[i].msg_hdr.msg_namelen = sizeof peers[i];
        }
        received = recvmmsg(fd, messages, MANY, MSG_WAITFORONE, NULL);
        for (int i = 0; i < received; i++)
            pieces[i].iov_len = messages[i].msg_len;
        send_all(fd, received);
    }
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "block") == 0)
        one_by_one(bound_socket(atoi(argv[2])), 0);
    else if (argc == 3 && strcmp(argv[1], "spin") == 0)
        one_by_one(bound_socket(atoi(argv[2])), MSG_DONTWAIT);
    else if (argc == 3 && strcmp(argv[1], "mmsg") == 0)
        many_at_once(bound_socket(atoi(argv[2])), send_each);
    else if (argc == 3 && strcmp(argv[1], "gso") == 0)
        many_at_once(bound_socket(atoi(argv[2])), send_segmented);
    fprintf(stderr, "usage: echo block|mmsg|gso|spin PORT\n");
    return 2;
}
