package io.tamis.policy;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import java.util.Arrays;

/** Looks constants up by name without the JDK's exception, whose text would repeat the caller's. */
final class Names {
    private Names() {}

    static <E extends Enum<E>> E constant(String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DataException(Code.INVALID_REQUEST));
    }
}
