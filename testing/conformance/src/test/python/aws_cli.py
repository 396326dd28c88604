"""The AWS CLI without the time that each start of it takes.

    aws_cli.py serve AWS            loads the CLI, prints its socket, and serves until its input ends
    aws_cli.py SOCKET ARGUMENT...   runs one command of the CLI

AWS is the program `aws`, which has to be one in Python, run by the same Python as this file. For each command the server forks.
The new process takes over the caller's files, directory, environment and arguments, and runs that program from its beginning: only
its modules are loaded already.
"""
import marshal
import os
import socket
import sys


def call(path):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(path)
        command = marshal.dumps((sys.argv[2:], os.getcwd(), dict(os.environ)))
        socket.send_fds(connection, [len(command).to_bytes(4, 'big')], [0, 1, 2])
        connection.sendall(command)
        status = connection.recv(1)
    sys.exit(status[0] if status else 'the AWS CLI ended without a status')


def serve(program):
    import select
    import signal
    import tempfile

    before = dict(os.environ)
    import awscli.clidriver

    awscli.clidriver.create_clidriver()  # loads the plug-ins, too
    # Loading the CLI tells it where its own files are.
    set_by_loading = dict(os.environ.items() - before.items())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the commands
    with tempfile.TemporaryDirectory() as directory, socket.socket(socket.AF_UNIX) as listening:
        path = os.path.join(directory, 'aws')
        listening.bind(path)
        listening.listen(64)
        print('socket', path, flush=True)
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                run(program, set_by_loading, connection)
            connection.close()


def run(program, set_by_loading, connection):
    """Runs one command in this process, which ends with it."""
    import runpy
    import traceback

    status = 1
    try:
        size, files, _, _ = socket.recv_fds(connection, 4, 3)
        for number, file in enumerate(files):
            os.dup2(file, number)
            os.close(file)
        with connection.makefile('rb') as stream:
            arguments, directory, environment = marshal.loads(stream.read(int.from_bytes(size, 'big')))
        os.chdir(directory)
        os.environ.clear()
        os.environ.update(environment | set_by_loading)
        sys.argv = [program, *arguments]
        runpy.run_path(program, run_name='__main__')
        status = 0
    except SystemExit as end:
        status = end.code or 0
        if not isinstance(status, int):
            print(status, file=sys.stderr)
            status = 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        connection.sendall(bytes([status & 0xFF]))
        os._exit(status)


if sys.argv[1] == 'serve':
    serve(sys.argv[2])
else:
    call(sys.argv[1])
