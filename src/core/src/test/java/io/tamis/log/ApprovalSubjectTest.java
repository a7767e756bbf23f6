package io.tamis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tamis.data.Hash;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ApprovalSubjectTest {
    private static final Hash ONE = Hash.sha256(new byte[] {1});
    private static final Hash TWO = Hash.sha256(new byte[] {2});

    /** Written down by hand: 00000011 "tamis-approval-v2" 00000020 question 00000020 bundle. */
    @Test
    void hash_isOverTheDocumentedBytes() {
        byte[] domain = "\0\0\0\u0011tamis-approval-v2".getBytes(StandardCharsets.ISO_8859_1);
        byte[] length = {0, 0, 0, 32};
        assertEquals(
                Hash.sha256(domain, length, ONE.bytes(), length, TWO.bytes()), new ApprovalSubject(ONE, TWO).hash());
    }

    @Test
    void hash_ofAnotherRequestOrBundle_orOfBothExchanged_isAnother() {
        Hash subject = new ApprovalSubject(ONE, TWO).hash();
        assertNotEquals(subject, new ApprovalSubject(TWO, TWO).hash());
        assertNotEquals(subject, new ApprovalSubject(ONE, ONE).hash());
        assertNotEquals(subject, new ApprovalSubject(TWO, ONE).hash());
    }
}
