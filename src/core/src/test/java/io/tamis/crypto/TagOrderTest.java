package io.tamis.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.DatasetId;
import io.tamis.data.Hash;
import io.tamis.data.Samples;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TagOrderTest {
    private static final DatasetId SHOP = new DatasetId("shop-users");
    private static final byte[] KEY = counting();
    private static final List<String> FOUR =
            List.of("+8613812345678", "+8613900000000", "+8615012345678", "+8618887654321");

    /** Computed by Python's hmac and hashlib from the definition in the class comment. */
    @Test
    void order_ofFourPhones_isThePublishedVector() {
        TagOrder order = order(SHOP, 7, FOUR);
        assertArrayEquals(
                new int[] {1, 0, 3, 2},
                IntStream.range(0, 4).map(order::arrivalAt).toArray());
        assertArrayEquals(new int[] {1, 0, 3, 2}, order.positions());
        assertEquals(
                "7d1c6311a72a78dde1c841a1e069c9edf0ee62a403f47dcf0eb4aa20078fdf0a",
                order.hash().hex());
    }

    @Test
    void order_ofNobody_isTheHashOfTheDomain() {
        TagOrder order = order(SHOP, 1, List.of());
        assertEquals(0, order.persons());
        assertEquals(
                "460609af85a60385c10902a417071bad2ef5eeec06ee407199671d18133ba1a4",
                order.hash().hex());
    }

    @Test
    void order_anyPersons_equalsTheSlowTwin() {
        Samples.forAll(
                3,
                12,
                seed -> IntStream.range(0, seed.nextInt(3_000))
                        .mapToObj(i -> "p" + i + "-" + seed.nextInt(10))
                        .toList(),
                persons -> {
                    TagOrder order = order(SHOP, 2, persons);
                    List<String> slow = slowTwin(2, persons);
                    assertEquals(
                            slow,
                            IntStream.range(0, order.persons())
                                    .mapToObj(position -> persons.get(order.arrivalAt(position)))
                                    .toList());
                    assertEquals(slowHash(2, slow), order.hash());
                });
    }

    /** What the whole design rests on: the server reads in its own order, the owner in the file's. */
    @Test
    void order_otherArrival_isTheSameOrder() {
        var persons = new ArrayList<>(
                IntStream.range(0, 5_000).mapToObj(i -> "person " + i).toList());
        TagOrder one = order(SHOP, 1, persons);
        int[] positions = one.positions();
        var shuffled = new ArrayList<>(persons);
        Collections.shuffle(shuffled, new Random(11));
        TagOrder other = order(SHOP, 1, shuffled);
        assertEquals(one.hash(), other.hash());
        for (int arrival = 0; arrival < shuffled.size(); arrival++) {
            assertEquals(
                    positions[persons.indexOf(shuffled.get(arrival))],
                    other.positions()[arrival],
                    () -> "a person stands at another position");
            if (arrival == 50) {
                break;
            }
        }
    }

    @Test
    void positions_undoArrivals() {
        TagOrder order =
                order(SHOP, 1, IntStream.range(0, 20_000).mapToObj(i -> "q" + i).toList());
        int[] positions = order.positions();
        for (int position = 0; position < order.persons(); position++) {
            assertEquals(position, positions[order.arrivalAt(position)]);
        }
    }

    @Test
    void hash_otherDatasetVersionKeyOrPerson_isAnother() {
        Hash hash = order(SHOP, 7, FOUR).hash();
        assertNotEquals(hash, order(new DatasetId("shop-user"), 7, FOUR).hash());
        assertNotEquals(hash, order(SHOP, 8, FOUR).hash());
        assertNotEquals(hash, order(SHOP, 7, FOUR.subList(0, 3)).hash());
        try (var key = SecretBytes.copyOf(new byte[32]);
                var builder = new TagOrder.Builder(key, SHOP, 7, 4)) {
            FOUR.forEach(person -> builder.add(person.getBytes(UTF_8), 0, person.length()));
            assertNotEquals(hash, builder.finish().hash());
        }
    }

    @Test
    void finish_onePersonTwice_isABadRow() {
        try (var builder = builder(SHOP, 1, 0)) {
            for (String person : List.of("a", "b", "a")) {
                builder.add(person.getBytes(UTF_8), 0, 1);
            }
            assertEquals(3, builder.persons());
            assertEquals(
                    Code.BAD_ROW,
                    assertThrows(DataException.class, builder::finish).code());
        }
    }

    @Test
    void add_afterFinish_isABug() {
        try (var builder = builder(SHOP, 1, 0)) {
            builder.finish();
            assertThrows(IllegalStateException.class, () -> builder.add(new byte[1], 0, 1));
        }
    }

    /** What a refused call left in the Mac would move every later person. */
    @Test
    void add_outsideTheBuffer_leavesNothingBehind() {
        try (var builder = builder(SHOP, 7, 4)) {
            for (String person : FOUR) {
                assertThrows(IndexOutOfBoundsException.class, () -> builder.add(new byte[4], 2, 3));
                byte[] padded = ("xx" + person + "yy").getBytes(UTF_8);
                builder.add(padded, 2, person.length());
            }
            assertEquals(order(SHOP, 7, FOUR).hash(), builder.finish().hash());
        }
    }

    @Test
    void builder_wrongKeyVersionOrHint_isRefused() {
        try (var key = SecretBytes.copyOf(KEY);
                var half = SecretBytes.copyOf(new byte[16])) {
            for (Runnable bad : List.<Runnable>of(
                    () -> new TagOrder.Builder(half, SHOP, 1, 1).close(),
                    () -> new TagOrder.Builder(key, SHOP, 0, 1).close(),
                    () -> new TagOrder.Builder(key, SHOP, 1, -1).close(),
                    () -> new TagOrder.Builder(key, SHOP, 1, TagOrder.PERSONS_MAX + 1).close())) {
                assertEquals(
                        Code.INVALID_REQUEST,
                        assertThrows(DataException.class, bad::run).code());
            }
        }
    }

    @Test
    void key_otherDatasetOrVersion_isAnother() {
        var keys = new MemoryKeys(1);
        SecretBytes one = TagOrder.key(keys, SHOP, 1);
        assertEquals(one, TagOrder.key(keys, SHOP, 1));
        assertNotEquals(one, TagOrder.key(keys, SHOP, 2));
        assertNotEquals(one, TagOrder.key(keys, new DatasetId("video-users"), 1));
        assertEquals(TagOrder.KEY_BYTES, one.length());
    }

    /** Sorting by bytes must not end in a pile of equal ones: 100,000 equal keys, within a second. */
    @Test
    void radix_equalAndNearlyEqualKeys_areSorted() {
        var random = new Random(5);
        int count = 100_000;
        var high = new long[count];
        var low = new long[count];
        var number = IntStream.range(0, count).toArray();
        for (int i = 0; i < count; i++) {
            high[i] = random.nextInt(3) - 1L;
            low[i] = random.nextInt(10) < 5 ? 0 : (long) random.nextInt(1_000) << 52;
        }
        long[] highBefore = high.clone();
        long[] lowBefore = low.clone();
        new RadixOrder(high, low, number).sort(count);
        for (int i = 0; i < count; i++) {
            assertEquals(highBefore[number[i]], high[i]);
            assertEquals(lowBefore[number[i]], low[i]);
            int order = i == 0 ? -1 : Long.compareUnsigned(high[i - 1], high[i]);
            assertTrue(order < 0 || (order == 0 && Long.compareUnsigned(low[i - 1], low[i]) <= 0));
        }
        assertArrayEquals(
                IntStream.range(0, count).toArray(),
                Arrays.stream(number).sorted().toArray());
    }

    @Test
    void radix_beyondItsCount_leavesTheRestAlone() {
        long[] high = {3, 2, 1};
        long[] low = {0, 0, 0};
        int[] number = {0, 1, 2};
        new RadixOrder(high, low, number).sort(2);
        assertArrayEquals(new long[] {2, 3, 1}, high);
    }

    private static TagOrder order(DatasetId dataset, int version, List<String> persons) {
        try (var builder = builder(dataset, version, 0)) {
            persons.forEach(person -> builder.add(person.getBytes(UTF_8), 0, person.getBytes(UTF_8).length));
            return builder.finish();
        }
    }

    private static TagOrder.Builder builder(DatasetId dataset, int version, int expected) {
        try (var key = SecretBytes.copyOf(KEY)) {
            return new TagOrder.Builder(key, dataset, version, expected);
        }
    }

    private static byte[] counting() {
        var key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    private static List<String> slowTwin(int version, List<String> persons) {
        var byValue = new TreeMap<byte[], String>(Arrays::compareUnsigned);
        persons.forEach(person -> byValue.put(value(version, person), person));
        return List.copyOf(byValue.values());
    }

    private static Hash slowHash(int version, List<String> ordered) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {0, 0, 0, 14});
        all.writeBytes("tamis-order-v1".getBytes(UTF_8));
        ordered.forEach(person -> all.writeBytes(value(version, person)));
        return Hash.sha256(all.toByteArray());
    }

    private static byte[] value(int version, String person) {
        try {
            var message = new ByteArrayOutputStream();
            var out = new DataOutputStream(message);
            for (String part : List.of("tamis-order-v1", SHOP.value())) {
                out.writeInt(part.length());
                out.write(part.getBytes(UTF_8));
            }
            out.writeInt(4);
            out.writeInt(version);
            out.writeInt(person.getBytes(UTF_8).length);
            out.write(person.getBytes(UTF_8));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(message.toByteArray()), 16);
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}
