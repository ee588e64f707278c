"""What the customer's messages show: feelings, needs, questions, facts, impact and history."""
