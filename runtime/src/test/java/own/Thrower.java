package own;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;

/** A part from elsewhere that has a name and does nothing but throw. */
public record Thrower(Throwable thrown) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("optionName")) {
            return "planted-part";
        }
        thrown.setStackTrace(new Throwable().getStackTrace()); // as if it were made here
        throw thrown;
    }
}
