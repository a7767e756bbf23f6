package io.tamis.cli.soak;

import io.tamis.cli.soak.Administrator.Row;
import io.tamis.data.Hash;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/** What an administrator may do to the rows of a log that goes on: each keeps the number of rows, or leaves a gap. */
enum RowTampering {
    EDIT_ID,
    EDIT_COMMITMENT,
    EDIT_BODY,
    EDIT_KEY,
    EXCHANGE,
    EXCHANGE_BODIES,
    FORGE,
    BACKDATE,
    DELETE,
    DELETE_ALL_FROM;

    /** Longest stretch of rows moved or deleted. */
    private static final int STRETCH_MAX = 40;

    /** Rows that were, and rows to be in their place. */
    record Change(List<Row> before, List<Row> after) {
        Change {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** A change at random among the first {@code anchored} rows. */
    Change drawn(Administrator administrator, long anchored, SplittableRandom random) {
        long first = random.nextLong(anchored - 1);
        long last = first + 1 + random.nextLong(Math.min(STRETCH_MAX, anchored - first - 1));
        Row row = administrator.rows(first, first + 1).getFirst();
        Row other = administrator.rows(last, last + 1).getFirst();
        return switch (this) {
            case EDIT_ID -> one(row, with(row, random.split(), row.commitment(), row.body(), row.keyId()));
            case EDIT_COMMITMENT ->
                one(row, kept(row, Hash.of(flipped(row.commitment().bytes(), random)), row.body(), row.keyId()));
            case EDIT_BODY -> one(row, kept(row, row.commitment(), flipped(row.body(), random), row.keyId()));
            case EDIT_KEY -> one(row, kept(row, row.commitment(), row.body(), uuid(random)));
            case EXCHANGE -> new Change(List.of(row, other), List.of(other.at(first), row.at(last)));
            case EXCHANGE_BODIES ->
                new Change(
                        List.of(row, other),
                        List.of(
                                kept(row, row.commitment(), other.body(), other.keyId()),
                                kept(other, other.commitment(), row.body(), row.keyId())));
            case FORGE -> one(row, with(row, random.split(), hash(random), other.body(), other.keyId()));
            case BACKDATE -> backdated(administrator.rows(first, last + 1));
            case DELETE -> new Change(List.of(row), List.of());
            case DELETE_ALL_FROM -> new Change(administrator.rows(first, last + 1), List.of());
        };
    }

    /** The last one of a stretch comes first, the others move up. */
    private static Change backdated(List<Row> stretch) {
        var moved = new ArrayList<Row>();
        moved.add(stretch.getLast().at(stretch.getFirst().seq()));
        stretch.subList(0, stretch.size() - 1).forEach(row -> moved.add(row.at(row.seq() + 1)));
        return new Change(stretch, moved);
    }

    private static Change one(Row before, Row after) {
        return new Change(List.of(before), List.of(after));
    }

    private static Row kept(Row row, Hash commitment, String body, UUID keyId) {
        return new Row(row.seq(), row.eventId(), row.recordedAt(), keyId, commitment, body);
    }

    private static Row with(Row row, SplittableRandom random, Hash commitment, String body, UUID keyId) {
        return new Row(row.seq(), uuid(random), row.recordedAt(), keyId, commitment, body);
    }

    private static String flipped(String hex, SplittableRandom random) {
        return HexFormat.of().formatHex(flipped(HexFormat.of().parseHex(hex), random));
    }

    private static byte[] flipped(byte[] bytes, SplittableRandom random) {
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private static Hash hash(SplittableRandom random) {
        var bytes = new byte[Hash.LENGTH];
        random.nextBytes(bytes);
        return Hash.of(bytes);
    }

    private static UUID uuid(SplittableRandom random) {
        return new UUID(
                (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x7000L,
                (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L);
    }
}
