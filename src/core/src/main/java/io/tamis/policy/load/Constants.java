package io.tamis.policy.load;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.Arrays;

/** Looks constants up by name; an unknown one is refused with INVALID_REQUEST. */
final class Constants {
    private Constants() {}

    static <E extends Enum<E>> E named(String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DataException(Code.INVALID_REQUEST));
    }
}
