"""Passes connections on to a server, and once does it harm: unkind-proxy.py PORT TARGET-PORT HOW OCTETS

cut: when so many octets have come from the client, the connection is gone.
deaf: when so many have come, they are passed on, and the server's next answer is lost with the connection.

What comes later is passed on as it is. Works under TLS, as it counts and does not look."""
import socket
import sys
import threading

port, target, how, limit = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
harm = threading.Lock()  # taken once, by whoever does it


def end(*ends):
    for each in ends:
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it has ended


def serve(client):
    server = socket.create_connection(("127.0.0.1", target))
    deaf = threading.Event()

    def forth():
        count = 0
        while octets := client.recv(16384):
            before, count = count, count + len(octets)
            if before < limit <= count and harm.acquire(blocking=False):
                if how == "cut":
                    break
                deaf.set()
            server.sendall(octets)
        end(client, server)

    def back():
        while octets := server.recv(16384):
            if deaf.is_set():
                break
            client.sendall(octets)
        end(client, server)

    for way in forth, back:
        threading.Thread(target=way, daemon=True).start()


listener = socket.create_server(("127.0.0.1", port))
print("ready", flush=True)
while True:
    serve(listener.accept()[0])
