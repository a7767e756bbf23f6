package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.PredictableRandom;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
    @Test
    void toString_ofASecret_saysNothing() {
        try (var secret = SecretBytes.copyOf("hunter2".getBytes(UTF_8))) {
            assertEquals("SecretBytes", secret.toString());
            assertEquals(7, secret.hashCode());
        }
    }

    @Test
    void copyOf_laterChangesOfTheArray_areNotSeen() {
        byte[] bytes = {1, 2};
        try (var secret = SecretBytes.copyOf(bytes)) {
            bytes[0] = 9;
            secret.reveal()[1] = 9;
            assertArrayEquals(new byte[] {1, 2}, secret.reveal());
        }
    }

    @Test
    void close_thenReveal_isABug() {
        var secret = SecretBytes.copyOf(new byte[] {1, 2});
        secret.close();
        assertThrows(IllegalStateException.class, secret::reveal);
        assertEquals(SecretBytes.copyOf(new byte[2]), secret, "closed means zeroed");
    }

    @Test
    void equals_comparesContent() {
        var random = new PredictableRandom(1);
        var one = SecretBytes.random(16, random);
        assertEquals(one, SecretBytes.copyOf(one.reveal()));
        assertNotEquals(one, SecretBytes.random(16, random));
        assertNotEquals(one, SecretBytes.copyOf(new byte[15]));
        assertFalse(one.equals((Object) "text"));
    }

    @Test
    void ofPassword_isUtf8() {
        assertArrayEquals(
                "pass-密码-😀".getBytes(UTF_8),
                SecretBytes.ofPassword("pass-密码-😀".toCharArray()).reveal());
        assertEquals(0, SecretBytes.ofPassword(new char[0]).length());
        assertArrayEquals(
                "a?".getBytes(UTF_8),
                SecretBytes.ofPassword(new char[] {'a', '\ud800'}).reveal());
    }

    @Test
    void serialisation_ofASecret_isRefused() throws Exception {
        try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            assertThrows(NotSerializableException.class, () -> out.writeObject(SecretBytes.copyOf(new byte[1])));
        }
    }
}
