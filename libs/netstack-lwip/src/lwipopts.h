/* SPDX-License-Identifier: BSD-3-Clause */
/* How lwIP is set up: its name for each choice, and why. Defaults that suit
 * are not repeated. */
#ifndef NETSTACK_LWIP_LWIPOPTS_H
#define NETSTACK_LWIP_LWIPOPTS_H

#include <options.h>

/* No operating system beneath: the raw API, no threads, no locks. What runs
 * when is stack.c's to decide, timers included. */
#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0
#define LWIP_TIMERS 1
#define LWIP_TIMERS_CUSTOM 1
#define LWIP_ALTCP 0

/* Memory: packets from memory.c; control blocks from pools. */
#define MEM_CUSTOM_ALLOCATOR 1
#define MEM_CUSTOM_MALLOC netstack_lwip_allocate
#define MEM_CUSTOM_CALLOC netstack_lwip_allocate_zero
#define MEM_CUSTOM_FREE netstack_lwip_free
#define MEM_ALIGNMENT 8
#define MEMP_NUM_TCP_PCB OPT_TCP_CONNECTIONS
#define MEMP_NUM_TCP_PCB_LISTEN OPT_LISTENERS
#define MEMP_NUM_TCP_SEG (2 * OPT_TCP_CONNECTIONS + 512)
#define MEMP_NUM_UDP_PCB OPT_DATAGRAM_SOCKETS
#define MEMP_NUM_RAW_PCB 8
#define MEMP_NUM_PBUF 64
#define MEMP_NUM_REASSDATA 8
#define IP_REASS_MAX_PBUFS 16
#define MEMP_NUM_FRAG_PBUF 16
#define MEMP_NUM_ARP_QUEUE 32
#define MEMP_NUM_ND6_QUEUE 16
#define MEMP_NUM_MLD6_GROUP 16
#define PBUF_POOL_SIZE 2 /* received frames are the driver's buffers */
#define PBUF_POOL_BUFSIZE 128
#define LWIP_SUPPORT_CUSTOM_PBUF 1

/* Room for the device's own header before the Ethernet header. */
#define PBUF_LINK_ENCAPSULATION_HLEN 12
#define ETH_PAD_SIZE 0

/* IP */
#define LWIP_IPV4 1
#define LWIP_IPV6 1
#define LWIP_ICMP 1
#define LWIP_BROADCAST_PING 0
#define LWIP_MULTICAST_PING 0
#define LWIP_RAW 1
#define LWIP_DHCP 1
#define LWIP_DHCP_DOES_ACD_CHECK 0 /* it takes seconds, and the server knows */
#define LWIP_ACD 0
#define LWIP_AUTOIP 0
#define LWIP_IGMP 0
#define LWIP_DNS 1
#define DNS_MAX_SERVERS 2
#define LWIP_IPV6_AUTOCONFIG 1
#define LWIP_IPV6_MLD 1
#define LWIP_IPV6_DHCP6 0
#define IPV6_FRAG_COPYHEADER 1 /* a pointer does not fit in a fragment header */
#define LWIP_ND6_NUM_NEIGHBORS 16
#define LWIP_ND6_NUM_DESTINATIONS 16
#define ARP_TABLE_SIZE 16
#define ARP_QUEUEING 1
#define LWIP_NETIF_HWADDRHINT 1
#define LWIP_NETIF_LOOPBACK 1 /* to our own address */
#define LWIP_HAVE_LOOPIF 0
#define LWIP_NETIF_LINK_CALLBACK 0
#define LWIP_NETIF_STATUS_CALLBACK 1

/* UDP */
#define LWIP_UDP 1
#define LWIP_UDPLITE 0

/* TCP */
#define LWIP_TCP 1
#define LWIP_DISABLE_TCP_SANITY_CHECKS 1 /* they suppose a pool for frames */
#define TCP_MSS 1460
#define TCP_WND OPT_RECEIVE_WINDOW
#define TCP_SND_BUF OPT_SEND_BUFFER
#define TCP_SND_QUEUELEN (4 * TCP_SND_BUF / TCP_MSS)
#define TCP_SNDLOWAT (TCP_SND_BUF / 4)
#define TCP_SNDQUEUELOWAT (TCP_SND_QUEUELEN / 2)
#define TCP_LISTEN_BACKLOG 1
#define TCP_QUEUE_OOSEQ 1
#define TCP_OOSEQ_MAX_PBUFS 32
#define LWIP_TCP_SACK_OUT 1
#define LWIP_TCP_KEEPALIVE 1
#define SO_REUSE 1
#define LWIP_TCP_PCB_NUM_EXT_ARGS 0

/* Checksums: what the device does, we do not (device.c says which). */
#define LWIP_CHECKSUM_CTRL_PER_NETIF 1
#define LWIP_CHKSUM netstack_lwip_sum
#define LWIP_CHECKSUM_ON_COPY 0

/* What happens where no callback of lwIP's reaches: hooks.c. */
#define LWIP_HOOK_FILENAME "hooks.h"
#define LWIP_HOOK_TCP_ISN netstack_lwip_isn
#define LWIP_HOOK_IP4_INPUT(p, netif) netstack_lwip_hear_ipv4(p)
#define LWIP_HOOK_IP6_INPUT(p, netif) netstack_lwip_hear_ipv6(p)

#define LWIP_STATS 0

#endif
