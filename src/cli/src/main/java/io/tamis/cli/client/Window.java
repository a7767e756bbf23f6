package io.tamis.cli.client;

import java.io.ByteArrayOutputStream;

/** What is written and not yet read, of a stream that is made while it is read. */
final class Window extends ByteArrayOutputStream {
    private int taken;

    Window(int capacity) {
        super(capacity);
    }

    boolean isEmpty() {
        return taken == count;
    }

    int take(byte[] bytes, int from, int length) {
        if (isEmpty()) {
            return -1;
        }
        int part = Math.min(length, count - taken);
        System.arraycopy(buf, taken, bytes, from, part);
        taken += part;
        if (isEmpty()) {
            reset();
            taken = 0;
        }
        return part;
    }
}
