"""Compiles texts and runs none: frames in, one answer a line out (see framed_answers.h)."""
import sys
try:
    from _json import encode_basestring_ascii as quote
except ImportError:
    from json import dumps as quote

LONGEST_MESSAGE = 300


def one_line(text):
    text = ' '.join(str(text).split())[:LONGEST_MESSAGE]
    return quote(text.encode('utf-8', 'replace').decode('utf-8'))


def number(value):
    return value if isinstance(value, int) and value > 0 else 0


def fault(error):
    place = (error.lineno, error.offset,
             getattr(error, 'end_lineno', 0), getattr(error, 'end_offset', 0))
    return '[[%s,%d,%d,%d,%d]]' % ((one_line(error.msg),) + tuple(map(number, place)))


def judge(source):
    if b'\0' in source:
        return '[["source code cannot contain null bytes",0,0,0,0]]'
    try:
        compile(source, '<source>', 'exec', dont_inherit=True)
    except SyntaxError as error:
        return fault(error)
    except Exception as error:
        return one_line('%s in the compiler: %s' % (type(error).__name__, error))
    return 'true'


while True:
    head = sys.stdin.buffer.readline()
    if not head:
        break
    size = int(head.split()[0])
    sys.stdout.write(judge(sys.stdin.buffer.read(size)) + '\n')
    sys.stdout.flush()
