/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Ferry developers */
#pragma once

/* Two certificates and four host keys, made with openssl and ssh-keygen for these tests; nobody has
 * their private halves. The fingerprints are what those two programs print. */

static const char sample_pem_one[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBRjCB7AIBAzAKBggqhkjOPQQDAjAvMRAwDgYDVQQKDAdFeGFtcGxlMRswGQYD\n"
    "VQQDDBJ2Yy1vbmUuZXhhbXBsZS5jb20wHhcNMjAwMTAxMDAwMDAwWhcNMzAwMTAx\n"
    "MDAwMDAwWjAvMRAwDgYDVQQKDAdFeGFtcGxlMRswGQYDVQQDDBJ2Yy1vbmUuZXhh\n"
    "bXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQStjauNJW2pe8PyMZy\n"
    "f2p7wQP57y1ZRYtxSjkvDO5sfLhkEgiWATTXGwNw1boocS72PyGYLmW/8QoIXEyk\n"
    "ZQj3MAoGCCqGSM49BAMCA0kAMEYCIQCa+3nyJpNTbE/tSyRTMHFkuteiDqpIMf4K\n"
    "qGDm7XhQegIhAOxtQAGJ9kl7Ioqmf1EFcr3XSPAyHCUovQdfcjRaMugj\n"
    "-----END CERTIFICATE-----\n";

static const char sample_sha256_one[] =
    "EA:EB:1A:A6:C9:BA:B2:85:9A:89:06:75:DA:56:83:DB:04:E9:3E:B9:BF:17:7B:D9:47:9B:E9"
    ":2C:E9:4E:20:37";

static const char sample_sha1_one[] = "3C:5D:D9:CA:BA:89:5C:DB:F2:E4:B7:5A:09:75:94:E3:87:8E:7F:82";

static const char sample_pem_two[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBRDCB7AIBBjAKBggqhkjOPQQDAjAvMRAwDgYDVQQKDAdFeGFtcGxlMRswGQYD\n"
    "VQQDDBJ2Yy10d28uZXhhbXBsZS5jb20wHhcNMjAwMTAxMDAwMDAwWhcNMzAwMTAx\n"
    "MDAwMDAwWjAvMRAwDgYDVQQKDAdFeGFtcGxlMRswGQYDVQQDDBJ2Yy10d28uZXhh\n"
    "bXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQzC0xX3TurevOpIzay\n"
    "vsN4njuGbrVhbssn7d1JSnGkOMIxMbOdyLs7hN0eFvUfl/crS4Pgwq2jXg3mJWvd\n"
    "8GQeMAoGCCqGSM49BAMCA0cAMEQCIEfRAwFUeeji6VjaHk0ufzcQdvbBw9X0CAlv\n"
    "w3hoC98/AiBJWuFTL16InyNN8Wgbkp9hnLtbWaNI3K0l+QIW55ygpA==\n"
    "-----END CERTIFICATE-----\n";

static const char sample_sha256_two[] =
    "7C:E3:9A:98:60:11:64:ED:E3:5D:4D:D0:01:8D:AC:C6:2C:08:5B:0E:98:52:44:F8:D5:8A:65"
    ":AE:7B:FC:F1:02";

static const char sample_ed25519[] =
    "ssh-ed25519 "
    "AAAAC3NzaC1lZDI1NTE5AAAAIGMe4LWEa89IUImfiGZtn8o3YMNDhD6nft1dHPIW5/GO";

static const char sample_ed25519_fingerprint[] =
    "SHA256:cc3WiSC1KI7FM1dWAKEXqWa8LVJnMCZIbg819QtKhBg";

static const char sample_rsa[] =
    "ssh-rsa "
    "AAAAB3NzaC1yc2EAAAADAQABAAABgQDXVLrNmGkUow7iXO0J0sB0savLCJXaUx8azlQBO9BCVIEQlEa/"
    "rxoGaMQvlahN+sTrVo3WyO1kHgvW/WlIwoBRy9lbl+Vf3dSg3Is+R2RovKSN1s0uX7clAhyRVTLnEj+I"
    "6kPx57sCWXOSOp0qEBZYMCGGCaGRV/74KdrNOGWYT1SEHPJyYo5lY0mkn7qF3XTkx00FS6tRk3qVFlu6"
    "CxAZeDYHzGibVmWKbiV6lR9Uf8aJn0lAZLR7g8BrdmVMiYY7qIBz50TcqegDnMwbvsDKs7mEMKKdv4qy"
    "4JTe+N5pPxE6kuJxLAYwMUIEopW0O8ea5GDwO1yBgL4lpQfbxpeVUesTq7oUzmpcbnXtAji4q5qH+uvs"
    "/8YUX5BxAKar+3U3t1AQXwVku0FxpU6JUenQA+xu7ZgmU/l+NfNCzHk8igHY7ntcHojCexoP7dWQjDDB"
    "mnXF7ypwAoN1/WxQhpDB3EXg7myr1T5jn3yjkZyTUBvjO9BqkaeC79J8BDZ9mIM=";

static const char sample_rsa_fingerprint[] = "SHA256:FmqgK5ovpTLSnfqu8fLrB/bPKyQwr4vduIgPwGrDh2s";

static const char sample_ecdsa[] =
    "ecdsa-sha2-nistp256 "
    "AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEdtgPgLy1wPLR/D5SvV1sQRcsLs"
    "253PH8YSYXg+JTb2zpw5AKAc/2skkCn1JusO1YAcnx2lqgRM+/tM/xpaiqU=";

static const char sample_ecdsa_fingerprint[] = "SHA256:WBMMiVjy9XFdd4Fd9IwnYFKtCB4LMTivb8Kj/NS7qkk";

static const char sample_other[] =
    "ssh-ed25519 "
    "AAAAC3NzaC1lZDI1NTE5AAAAIBUN7n5MrUn4OosrxYSXGYsJfK0/2wwkyqFdT3znZ3fa";

static const char sample_other_fingerprint[] = "SHA256:P/4k+i2MrGV4C/nDA7Z2CCYGIoKQrgP8KzamkyPgN9U";
