package io.tamis.ledger.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlarmsTest {
    private final Logger logger = Logger.getLogger(Alarms.class.getName());
    private final List<Level> told = new ArrayList<>();
    private final Alarms alarms = new Alarms(new SimpleMeterRegistry());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line.getLevel());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
    }

    @Test
    void alarm_isOneLineWhenItBegins_andOneWhenItEnds() {
        alarms.settle("w");
        assertEquals(0, told.size());
        alarms.raise("w", Alarms.Kind.REFUSED);
        alarms.raise("w", Alarms.Kind.REFUSED);
        assertEquals(1, told.size());
        alarms.settle("w");
        alarms.settle("w");
        assertEquals(2, told.size());
        assertEquals(Level.INFO, told.getLast());
        assertFalse(alarms.isRaised("w", Alarms.Kind.REFUSED));
    }

    /** A cosignature says nothing of a row that somebody wrote. */
    @Test
    void settle_ofTheTablesAlarm_keepsItAndSaysNothing() {
        alarms.raise("w", Alarms.Kind.TABLE);
        alarms.settle("w");
        assertEquals(1, told.size());
        assertTrue(alarms.isRaised("w", Alarms.Kind.TABLE));
    }
}
