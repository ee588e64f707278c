"""How the weights are made: ``python -m empathy_coach.scoring.training.train EVAL_DIR`` (needs the ``train`` extra)."""
