"""The agent on an application that goes wrong (`tasks/faulty`): kinds of fault × tasks × seeds, judged by its books."""
