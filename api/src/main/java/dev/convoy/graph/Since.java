package dev.convoy.graph;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The first {@link OpSet#VERSION} that has an op or a function of one. A released op never gains a component; a newer
 * op is lowered for backends that state an older version.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
public @interface Since {
    int value();
}
