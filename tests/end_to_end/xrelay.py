"""Runs inside of xvfb_glue, as one of its commands: lets the test, which is
outside of the sandbox, reach the X server and start programs there.

FOLDER/x: connections to the X server. FOLDER/run: connections that begin with
a command of the shell, ended by NUL; its output comes back, then its end. The
command is ended when the connection is. FOLDER/authority: the cookie."""
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import threading


def pump(source, target):
    try:
        while True:
            data = source.recv(1 << 16)
            if not data:
                break
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def to_server(client):
    server = socket.socket(socket.AF_UNIX)
    path = "/tmp/.X11-unix/X" + os.environ["DISPLAY"].split(":")[1].split(".")[0]
    try:
        server.connect("\0" + path)
    except OSError:
        server.connect(path)
    threading.Thread(target=pump, args=(server, client), daemon=True).start()
    pump(client, server)


def run(client):
    command = b""
    while not command.endswith(b"\0"):
        data = client.recv(4096)
        if not data:
            return
        command += data
    process = subprocess.Popen(["sh", "-c", command[:-1].decode()],
                               stdin=subprocess.DEVNULL, stdout=client.fileno(),
                               stderr=client.fileno(), start_new_session=True)

    def reap():
        process.wait()
        try:
            client.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # who asked is gone
    threading.Thread(target=reap, daemon=True).start()
    selector = selectors.DefaultSelector()
    selector.register(client, selectors.EVENT_READ)
    selector.select()  # it says no more: only its end can come
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    client.close()


def listen(path, serve):
    server = socket.socket(socket.AF_UNIX)
    server.bind(path + ".new")
    os.chmod(path + ".new", 0o777)
    server.listen(16)
    os.rename(path + ".new", path)

    def accept():
        while True:
            client, _ = server.accept()
            threading.Thread(target=serve, args=(client,), daemon=True).start()
    thread = threading.Thread(target=accept)
    thread.start()


def main():
    folder = sys.argv[1]
    authority = os.environ.get("XAUTHORITY")
    if authority:
        shutil.copy(authority, folder + "/authority")
        os.chmod(folder + "/authority", 0o644)
    listen(folder + "/run", run)
    listen(folder + "/x", to_server)


if __name__ == "__main__":
    main()
