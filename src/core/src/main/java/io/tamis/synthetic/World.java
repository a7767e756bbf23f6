package io.tamis.synthetic;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.Objects;

/**
 * A population: persons 0 to {@code persons - 1} of a seed. Person i is the same in every world of that seed, whatever its
 * size, whoever asks first and on whatever machine.
 *
 * @param persons 1 to {@value #PERSONS_MAX}
 */
public record World(Seed seed, long persons) {
    /** Most persons of a world. */
    public static final long PERSONS_MAX = Phones.PERSONS_MAX;

    public World {
        Objects.requireNonNull(seed);
        if (persons < 1 || persons > PERSONS_MAX) {
            throw new DataException(Code.INVALID_REQUEST);
        }
    }

    /** Person {@code index}. */
    public Person person(long index) {
        if (index < 0 || index >= persons) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new Person(seed, new Phones(seed), index);
    }
}
