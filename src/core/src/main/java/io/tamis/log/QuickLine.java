package io.tamis.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tamis.data.Hash;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads a line of {@code entries.jsonl} that is spelled as nearly all are, some ten times as fast as
 * {@link ExportEntry#parse}: the same checks, over bytes. What it takes, that one takes too and says the same of it; what it
 * does not take, that one judges. Holds what the last line taken said. For one thread.
 */
final class QuickLine extends CanonicalScan {
    private static final byte[] COMMITMENT = "{\"commitment\":\"".getBytes(US_ASCII);
    private static final byte[] EVENT = "\",\"event\":".getBytes(US_ASCII);
    private static final byte[] ID = ",\"id\":\"".getBytes(US_ASCII);
    private static final byte[] INDEX = "\",\"index\":".getBytes(US_ASCII);
    private static final byte[] SALT = ",\"salt\":\"".getBytes(US_ASCII);
    private static final byte[] END = "\"}".getBytes(US_ASCII);
    private static final EventType[] TYPES = EventType.values();
    private static final byte[][] TYPE_NAMES = Arrays.stream(TYPES)
            .map(type -> ("\"" + type.wire() + "\"").getBytes(US_ASCII))
            .toArray(byte[][]::new);
    private static final int ID_LENGTH = 36;
    private static final int AT_LENGTH = 24;
    private static final int TENANT_LENGTH_MAX = 64;
    private static final int INDEX_DIGITS_MAX = 15;
    private static final int EPOCH_YEAR = 1970;

    private final Mac mac;
    private final MessageDigest sha = Hash.newSha256();
    private final byte[] salt = new byte[Salt.LENGTH];
    private final byte[] stated = new byte[Hash.LENGTH];
    private final byte[] leaf = new byte[1 + LogEntry.BYTES];

    private byte[] line = {};
    private int at;
    private int eventFrom;
    private int eventTo;
    private long index;
    private long idHigh;
    private long idLow;
    private long read;
    private int membersGood;
    private Optional<EventType> type = Optional.empty();

    QuickLine() {
        try {
            mac = Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    /** True when the line in these bytes, without its newline, holds; its leaf is then written to {@code out}. */
    boolean read(byte[] bytes, int from, int to, byte[] out, int outAt) {
        line = bytes;
        at = from;
        return parse(to) && commits(out, outAt);
    }

    long index() {
        return index;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    EventType type() {
        return type.orElseThrow();
    }

    /** The line as an entry, for those that somebody looks into. */
    ExportEntry.Present entry() {
        return new ExportEntry.Present(
                index, Salt.of(salt), LedgerEvent.parse(Arrays.copyOfRange(line, eventFrom, eventTo)));
    }

    private boolean parse(int to) {
        if (to - at < LogEntry.BYTES * 4 || !take(COMMITMENT, to) || !hash(stated, to) || !take(EVENT, to)) {
            return false;
        }
        eventFrom = at;
        membersGood = 0;
        type = Optional.empty();
        eventTo = object(line, at, to);
        if (eventTo == UNSURE || eventTo - eventFrom > LedgerEvent.BYTES_MAX) {
            return false;
        }
        // v, id, at and type are there and good; a bad tenant or subjectRef counts down.
        if (membersGood != 4) {
            return false;
        }
        long high = idHigh;
        long low = idLow;
        at = eventTo;
        return take(ID, to)
                && uuid(at, to)
                && idHigh == high
                && idLow == low
                && skip(ID_LENGTH)
                && take(INDEX, to)
                && index(to)
                && take(SALT, to)
                && hash(salt, to)
                && take(END, to)
                && at == to;
    }

    @Override
    void member(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        switch (nameTo - nameFrom) {
            case 1 -> {
                if (line[nameFrom] == 'v') {
                    count(valueTo - valueFrom == 1 && line[valueFrom] == '1');
                }
            }
            case 2 -> {
                if (named("id", nameFrom)) {
                    count(valueTo - valueFrom == ID_LENGTH + 2
                            && line[valueFrom] == '"'
                            && uuid(valueFrom + 1, valueTo));
                } else if (named("at", nameFrom)) {
                    count(valueTo - valueFrom == AT_LENGTH + 2 && line[valueFrom] == '"' && time(valueFrom + 1));
                }
            }
            case 4 -> {
                if (named("type", nameFrom)) {
                    count(type(valueFrom, valueTo));
                }
            }
            case 6 -> {
                if (named("tenant", nameFrom)) {
                    int length = valueTo - valueFrom - 2;
                    boolean good = line[valueFrom] == '"' && length >= 1 && length <= TENANT_LENGTH_MAX;
                    membersGood -= good ? 0 : 1;
                }
            }
            case 10 -> {
                if (named("subjectRef", nameFrom)) {
                    membersGood -= subject(valueFrom, valueTo) ? 0 : 1;
                }
            }
            default -> {}
        }
    }

    /** As {@link SubjectRef} is written. */
    private boolean subject(int from, int to) {
        boolean good = to - from == 2 * Hash.LENGTH + 2 && line[from] == '"';
        for (int i = from + 1; good && i < to - 1; i++) {
            good = digit(line[i]) >= 0;
        }
        return good;
    }

    private void count(boolean good) {
        membersGood += good ? 1 : 0;
    }

    private boolean named(String name, int from) {
        for (int i = 0; i < name.length(); i++) {
            if (line[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** A type this version knows; an opaque one is left to the strict reader. */
    private boolean type(int from, int to) {
        for (int i = 0; i < TYPES.length; i++) {
            if (Arrays.equals(TYPE_NAMES[i], 0, TYPE_NAMES[i].length, line, from, to)) {
                type = Optional.of(TYPES[i]);
                return true;
            }
        }
        return false;
    }

    /** The form yyyy-MM-ddTHH:mm:ss.SSSZ; a leap second or the 24th hour is left to the strict reader. */
    private boolean time(int from) {
        boolean marks = line[from + 4] == '-'
                && line[from + 7] == '-'
                && line[from + 10] == 'T'
                && line[from + 13] == ':'
                && line[from + 16] == ':'
                && line[from + 19] == '.'
                && line[from + 23] == 'Z';
        int year = number(from, 4);
        int month = number(from + 5, 2);
        int day = number(from + 8, 2);
        int hour = number(from + 11, 2);
        int minute = number(from + 14, 2);
        int second = number(from + 17, 2);
        return marks
                && year >= EPOCH_YEAR
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth())
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 59
                && number(from + 20, 3) >= 0;
    }

    /** So many digits, or -1. */
    private int number(int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = line[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private boolean index(int to) {
        int from = at;
        long number = 0;
        while (at < to && line[at] >= '0' && line[at] <= '9') {
            number = 10 * number + (line[at] - '0');
            at++;
            if (at - from > INDEX_DIGITS_MAX) {
                return false;
            }
        }
        index = number;
        return at > from && (line[from] != '0' || at - from == 1);
    }

    private boolean uuid(int from, int to) {
        if (to - from < ID_LENGTH
                || line[from + 8] != '-'
                || line[from + 13] != '-'
                || line[from + 18] != '-'
                || line[from + 23] != '-') {
            return false;
        }
        boolean good = hex(from, 8);
        long high = read << 32;
        good &= hex(from + 9, 4);
        high |= read << 16;
        good &= hex(from + 14, 4);
        high |= read;
        good &= hex(from + 19, 4);
        long low = read << 48;
        good &= hex(from + 24, 12);
        idHigh = high;
        idLow = low | read;
        return good;
    }

    private boolean hash(byte[] out, int to) {
        if (to - at < 2 * Hash.LENGTH) {
            return false;
        }
        for (int i = 0; i < Hash.LENGTH; i++) {
            int high = digit(line[at + 2 * i]);
            int low = digit(line[at + 2 * i + 1]);
            if ((high | low) < 0) {
                return false;
            }
            out[i] = (byte) (high << 4 | low);
        }
        return skip(2 * Hash.LENGTH);
    }

    /** Reads so many lower-case hexadecimal digits, at most 16, into {@link #read}. */
    private boolean hex(int from, int digits) {
        long number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = digit(line[i]);
            if (digit < 0) {
                return false;
            }
            number = number << 4 | digit;
        }
        read = number;
        return true;
    }

    private static int digit(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
    }

    private boolean take(byte[] fixed, int to) {
        if (to - at < fixed.length || !Arrays.equals(fixed, 0, fixed.length, line, at, at + fixed.length)) {
            return false;
        }
        at += fixed.length;
        return true;
    }

    private boolean skip(int bytes) {
        at += bytes;
        return true;
    }

    /** As {@link LogEntry} commits and {@link TreeHash} hashes, into arrays that are used again. */
    private boolean commits(byte[] out, int outAt) {
        try {
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
            mac.update(line, eventFrom, eventTo - eventFrom);
            leaf[0] = 0;
            leaf[1] = 1;
            put(idHigh, 2);
            put(idLow, 10);
            mac.doFinal(leaf, 18);
            if (!MessageDigest.isEqual(stated, Arrays.copyOfRange(leaf, 18, 18 + Hash.LENGTH))) {
                return false;
            }
            sha.update(leaf);
            sha.digest(out, outAt, Hash.LENGTH);
            return true;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256 and SHA-256", impossible);
        }
    }

    private void put(long number, int from) {
        for (int i = 0; i < Long.BYTES; i++) {
            leaf[from + i] = (byte) (number >>> (56 - 8 * i));
        }
    }
}
