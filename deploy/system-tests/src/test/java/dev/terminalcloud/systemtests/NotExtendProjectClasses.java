package dev.terminalcloud.systemtests;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class may implement interfaces and extend classes of frameworks, but not extend a class of this project. */
final class NotExtendProjectClasses extends ArchCondition<JavaClass> {
    NotExtendProjectClasses() {
        super("not extend a class of this project");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        boolean extendsProjectClass = item.getRawSuperclass()
                .filter(parent -> parent.getPackageName().startsWith("dev.terminalcloud"))
                .filter(parent -> !parent.isEnum())
                .isPresent();
        events.add(new SimpleConditionEvent(
                item,
                !extendsProjectClass,
                item.getName() + " extends "
                        + item.getRawSuperclass().map(JavaClass::getName).orElse("nothing")));
    }
}
