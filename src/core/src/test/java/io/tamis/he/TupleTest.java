package io.tamis.he;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tamis.data.Hash;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TupleTest {
    @Test
    void sha256_isOverLengthsAndFields() {
        byte[] written =
                HexFormat.of().parseHex("00000001" + "61" + "00000008" + "0000000000000102" + "00000002" + "ffee");
        var made = Tuple.of("a").number(0x102).bytes(new byte[] {-1, -18}).sha256();
        assertEquals(Hash.sha256(written), made);
    }

    @Test
    void sha256_ofAPartOfAnArray_isThatParts() {
        byte[] array = {1, 2, 3, 4};
        assertEquals(
                Tuple.of("x").bytes(new byte[] {2, 3}).sha256(),
                Tuple.of("x").bytes(array, 1, 2).sha256());
    }

    @Test
    void sha256_ofMovedBorders_differs() {
        assertNotEquals(
                Tuple.of("ab").text("c").sha256(), Tuple.of("a").text("bc").sha256());
        assertNotEquals(Tuple.of("a").sha256(), Tuple.of("a").text("").sha256());
    }

    @Test
    void hash_isItsBytes() {
        var hash = Hash.sha256();
        assertEquals(
                Tuple.of("a").bytes(hash.bytes()).sha256(),
                Tuple.of("a").hash(hash).sha256());
    }
}
