package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The demonstration on the packaged jars: everything a merchant, a platform and an officer do, over HTTP only. */
class DemoIT {
    @Test
    void demoOnce_endsWithZero_andAgainOnKeptData() throws Exception {
        String data = Packaged.data("demo").toString();
        Packaged.Ended first = Packaged.cli(4, "demo", "--once", "--data-dir", data);
        assertEquals(0, first.status(), first.output());
        Packaged.Ended second = Packaged.cli(4, "demo", "--once", "--data-dir", data);
        assertEquals(0, second.status(), second.output());
    }
}
